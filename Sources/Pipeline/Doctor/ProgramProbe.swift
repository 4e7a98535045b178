/// Programs that are good to have beside this tool.
enum ProgramProbe {
    static func findings() -> [Finding] { [ffmpeg(), h5py()] }

    private static func ffmpeg() -> Finding {
        // "ffmpeg version 5.1.6 Copyright …"
        let words = ChildProcess.output(of: ["ffmpeg", "-version"])?.split(separator: " ")
        guard let words, words.count > 2 else {
            return Finding(
                "ffmpeg", .absent, "optional, for films of pictures", advice: "apt-get install ffmpeg")
        }
        return Finding("ffmpeg", .ok, String(words[2]))
    }

    private static func h5py() -> Finding {
        let script = "import h5py, sys; print(h5py.__version__, 'for Python', sys.version.split()[0])"
        guard let text = ChildProcess.output(of: ["python3", "-c", script]) else {
            let advice = "apt-get install python3-h5py"
            return Finding("h5py", .absent, "optional, to read results in Python", advice: advice)
        }
        return Finding("h5py", .ok, text.split(separator: "\n").first.map(String.init) ?? "found")
    }
}
