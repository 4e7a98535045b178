import CCairo
import Foundation

/// A sheet to draw on, in points from the upper left corner. A thin cover of the cairo library: none of
/// its types show outside.
public final class Canvas {
    let format: FigureFormat
    let context: OpaquePointer
    private let surface: OpaquePointer
    private let sink = ByteSink()
    /// Device pixels per point of a PNG.
    private let scale: Double
    /// For each image drawn, whether its cells are larger than a screen's pixels.
    private var sharpImages: [Bool] = []

    init(format: FigureFormat, width: Double, height: Double, dpi: Double) throws(FigureError) {
        self.format = format
        scale = format == .png ? dpi / 72 : 1
        surface = try Self.makeSurface(format, width: width, height: height, scale: scale, sink: sink)
        context = cairo_create(surface)
        cairo_scale(context, scale, scale)
        Self.choosePlainFontRendering(context)
        fill(Rectangle(x: 0, y: 0, width: width, height: height), with: .white)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    private static func makeSurface(
        _ format: FigureFormat, width: Double, height: Double, scale: Double, sink: ByteSink
    ) throws(FigureError) -> OpaquePointer {
        let closure = Unmanaged.passUnretained(sink).toOpaque()
        let surface: OpaquePointer?
        switch format {
        case .svg: surface = cairo_svg_surface_create_for_stream(appendBytes, closure, width, height)
        case .pdf:
            surface = cairo_pdf_surface_create_for_stream(appendBytes, closure, width, height)
            // Without a fixed date two drawings of one figure would differ.
            cairo_pdf_surface_set_metadata(
                surface, CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z")
        case .png:
            let (columns, rows) = ((width * scale).rounded(), (height * scale).rounded())
            // The library draws at most 32767 pixels along a side.
            guard columns >= 1, rows >= 1, columns <= 32767, rows <= 32767 else {
                throw .invalidSize(
                    reason: "\(Int(columns)) by \(Int(rows)) pixels; allowed: 1 to 32767 a side")
            }
            surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(columns), Int32(rows))
        }
        guard let surface, cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
            throw .drawing(reason: "no surface of \(width) by \(height) points")
        }
        return surface
    }

    /// Unhinted text has the same widths in every format.
    private static func choosePlainFontRendering(_ context: OpaquePointer) {
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }

    /// Ends the drawing and gives the file's bytes.
    func finish() throws(FigureError) -> Data {
        var status = cairo_status(context)
        if status == CAIRO_STATUS_SUCCESS, format == .png {
            let closure = Unmanaged.passUnretained(sink).toOpaque()
            status = cairo_surface_write_to_png_stream(surface, appendBytes, closure)
        }
        cairo_surface_finish(surface)
        if status == CAIRO_STATUS_SUCCESS { status = cairo_surface_status(surface) }
        guard status == CAIRO_STATUS_SUCCESS else {
            throw .drawing(reason: String(cString: cairo_status_to_string(status)))
        }
        return format == .svg ? SVGTidying.tidied(sink.bytes, isSharp: sharpImages) : sink.bytes
    }

    /// Draws inside of `rectangle` only.
    public func clipped(to rectangle: Rectangle, _ draw: () -> Void) {
        cairo_save(context)
        cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
        cairo_clip(context)
        draw()
        cairo_restore(context)
    }

    /// Draws `bitmap` over `rectangle`: cells stay sharp when they are larger than pixels, and are averaged
    /// when they are smaller.
    package func image(_ bitmap: Bitmap, in rectangle: Rectangle) {
        var shown = format == .png ? bitmap : Self.suitedToVectorFile(bitmap, rectangle)
        let isFine =
            Double(shown.width) > rectangle.width * scale || Double(shown.height) > rectangle.height * scale
        let isShrunk = format == .png && isFine
        sharpImages.append(!isFine)
        let (width, height) = (Int32(shown.width), Int32(shown.height))
        shown.pixels.withUnsafeMutableBytes { bytes in
            let picture = cairo_image_surface_create_for_data(
                bytes.bindMemory(to: UInt8.self).baseAddress, CAIRO_FORMAT_RGB24, width, height, width * 4)
            clipped(to: rectangle) {
                cairo_translate(context, rectangle.x, rectangle.y)
                cairo_scale(context, rectangle.width / Double(width), rectangle.height / Double(height))
                cairo_set_source_surface(context, picture, 0, 0)
                let pattern = cairo_get_source(context)
                cairo_pattern_set_filter(pattern, isShrunk ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST)
                if isShrunk { cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD) }
                cairo_paint(context)
            }
            // A vector surface may still read the pixels later; finishing makes it copy them now.
            cairo_surface_finish(picture)
            cairo_surface_destroy(picture)
        }
    }
}

extension Canvas {
    /// Vector files keep up to 2048 cells a side, more would only make them large. Few cells are repeated: a
    /// viewer that insists on smoothing then blurs a fraction of a cell only.
    private static func suitedToVectorFile(_ bitmap: Bitmap, _ rectangle: Rectangle) -> Bitmap {
        let longest = max(bitmap.width, bitmap.height)
        if longest > 2048 { return bitmap.reduced(by: (longest + 2047) / 2048) }
        let pointsPerCell = min(
            rectangle.width / Double(bitmap.width), rectangle.height / Double(bitmap.height))
        return pointsPerCell < 2 ? bitmap : bitmap.enlarged(by: min(Int(pointsPerCell), 8))
    }
}

/// Collects the bytes that cairo writes.
final class ByteSink {
    var bytes = Data()
}

private func appendBytes(
    _ closure: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: UInt32
) -> cairo_status_t {
    guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue().bytes.append(bytes, count: Int(count))
    return CAIRO_STATUS_SUCCESS
}
