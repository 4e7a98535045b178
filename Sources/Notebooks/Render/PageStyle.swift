/// The look of a page: readable from 400 pixels on, by day and by night, without any file besides.
enum PageStyle {
    static let css = """
        :root{color-scheme:light dark;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#ffffff;--card:#f6f8fa;\
        --link:#0a5cad;--warn:#7a4d00;--warnpaper:#fff4d6}
        @media(prefers-color-scheme:dark){:root{--text:#e6e9ed;--soft:#9aa4af;--line:#3a424c;--paper:#14171b;\
        --card:#1d2228;--link:#7ab8ff;--warn:#ffd68a;--warnpaper:#3a2d0c}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--text);font:17px/1.6 system-ui,"Segoe UI",Roboto,\
        "DejaVu Sans",sans-serif;overflow-wrap:break-word}
        main{max-width:46rem;margin:0 auto;padding:1.5rem 1.1rem 3rem}
        h1{font-size:1.9rem;line-height:1.2;margin:.6em 0 .5em}
        h2{font-size:1.4rem;line-height:1.3;margin:1.8em 0 .5em}
        h3{font-size:1.15rem;margin:1.5em 0 .4em}
        a{color:var(--link)}
        code,pre{font-family:ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",monospace;font-size:.86em}
        code{background:var(--card);padding:.1em .3em;border-radius:4px}
        pre{background:var(--card);padding:.8rem 1rem;border-radius:8px;overflow-x:auto}
        pre code{background:none;padding:0}
        blockquote{margin:1em 0;padding:0 1em;border-left:4px solid var(--line);color:var(--soft)}
        img,svg{max-width:100%;height:auto}
        .wide{overflow-x:auto;margin:1em 0}
        table{border-collapse:collapse;font-size:.92em;font-variant-numeric:tabular-nums}
        th,td{padding:.3em .8em;text-align:left;border-bottom:1px solid var(--line)}
        th{border-bottom-width:2px}
        td.number{text-align:right}
        caption{caption-side:bottom;color:var(--soft);text-align:left;padding:.5em 0;font-size:.95em}
        .cell{margin:1.6em 0;border:1px solid var(--line);border-radius:10px;padding:.7rem 1rem .8rem}
        .quiet{display:flex;flex-wrap:wrap;gap:0 1.2em;align-items:baseline;margin:.5em 0;padding:.3rem 1rem}
        .quiet .label,.quiet details{margin:0;font-size:.82rem}
        .quiet details[open]{flex-basis:100%}
        .label{margin:0 0 .4em;color:var(--soft);font-size:.82rem}
        .verb{font-weight:600;color:var(--text)}
        .banner{background:var(--warnpaper);color:var(--warn);padding:.5em .8em;border-radius:6px;font-size:.92rem}
        figure{margin:.6em 0}
        figure>svg{display:block;width:100%;background:#fff;border-radius:6px}
        figcaption{color:var(--soft);font-size:.92rem;margin-top:.5em}
        details{margin-top:.5em;font-size:.9rem}
        summary{color:var(--soft);cursor:pointer}
        summary:focus-visible,a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.15em 1em;margin:.6em 0}
        dt{color:var(--soft)}
        dd{margin:0;font-variant-numeric:tabular-nums}
        .value{font-variant-numeric:tabular-nums}
        .missing{background:var(--warnpaper);color:var(--warn);border-radius:4px;padding:0 .3em}
        math{font-size:1.05em}
        math[display=block]{margin:1em 0;overflow-x:auto;overflow-y:hidden}
        footer{margin-top:3em;padding-top:1em;border-top:1px solid var(--line);color:var(--soft);font-size:.82rem}
        footer table{font-size:1em}
        @media(max-width:30rem){figure{overflow-x:auto}figure>svg{min-width:27rem}body{font-size:16px}main{padding:1rem .8rem 2rem}.cell{padding:.6rem .7rem}\
        h1{font-size:1.55rem}dl{grid-template-columns:1fr}dd{margin-bottom:.3em}}
        @media print{.cell{break-inside:avoid}details{display:none}}
        """
}
