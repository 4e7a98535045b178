import Foundation

/// The page of `hugoniot view`: a few files, built into the program.
public enum ViewPage {
    /// A file of the page.
    public struct File: Sendable {
        /// The path under the page's address; empty for the page itself.
        public let path: String
        /// The media type.
        public let type: String
        /// Its content.
        public let data: Data
    }

    /// All of them.
    public static let files: [File] = [
        File(path: "", type: html, data: Data(PackageResources.index_html)),
        File(path: "page.css", type: css, data: Data(PackageResources.page_css)),
        script("main", PackageResources.main_js),
        script("api", PackageResources.api_js),
        script("body", PackageResources.body_js),
        script("fieldview", PackageResources.fieldview_js),
        script("heatmap", PackageResources.heatmap_js),
        script("lineplot", PackageResources.lineplot_js),
        script("scales", PackageResources.scales_js),
        script("theme", PackageResources.theme_js),
        script("tip", PackageResources.tip_js),
    ]

    private static let html = "text/html; charset=utf-8"
    private static let css = "text/css; charset=utf-8"

    private static func script(_ name: String, _ bytes: [UInt8]) -> File {
        File(path: "\(name).js", type: "text/javascript; charset=utf-8", data: Data(bytes))
    }
}
