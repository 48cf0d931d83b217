/** Colours of the lines: dark enough for text on white, and light enough for text on black. */
const light = "#1f5fbf #b45309 #1a7f37 #7c3aed #c0272d #0e7490 #b02a7c #7a5230 #6b6b10 #5f6770 #8a6100 #4f46e5".split(
  " ",
);
const dark = "#6ea8fe #f0a35e #5fd38a #b79bff #ff8a85 #5cc8dc #f48ac5 #cfa27a #c9c960 #aab2bb #e3b341 #a5a0ff".split(
  " ",
);

const variables = (colours: readonly string[]) => colours.map((colour, at) => `--s${at}:${colour}`).join(";");

const page = {
  light: `--ink:#1b1f24;--paper:#fff;--soft:#57606a;--line:#d0d7de;--shade:#f6f8fa;--warn:#9a3412;${variables(light)}`,
  dark: `--ink:#e6edf3;--paper:#0d1117;--soft:#9aa5b1;--line:#30363d;--shade:#161b22;--warn:#ffb077;${variables(dark)}`,
};

/** Style sheet of the report: follows the reader's light or dark setting, prints in light with everything unfolded. */
export const styleSheet = [
  `:root{color-scheme:light dark;${page.light}}`,
  `@media (prefers-color-scheme:dark){:root{${page.dark}}}`,
  "*{box-sizing:border-box}",
  "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}",
  "main{max-width:84rem;margin:0 auto;padding:1.5rem}",
  "h1{font-size:1.1rem;font-weight:500;color:var(--soft);margin:0}",
  "h2{font-size:1.7rem;line-height:1.25;margin:.25rem 0 .75rem}",
  "h3{font-size:1.15rem;margin:2rem 0 .5rem}",
  "main>section+section>h2{border-top:2px solid var(--line);padding-top:1.5rem;margin-top:2.5rem}",
  "p{margin:.5rem 0}",
  "ul{padding-left:1.2rem}",
  "li{margin:.25rem 0}",
  ".warning{color:var(--warn)}",
  ".scroll{overflow-x:auto}",
  "table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums;margin:.5rem 0}",
  "caption{text-align:left;color:var(--soft);font-size:.85rem;padding:.25rem 0}",
  "th,td{padding:.3rem .55rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}",
  "thead th{background:var(--shade);white-space:nowrap}",
  "tbody th{font-weight:400}",
  "tfoot th,tfoot td{font-weight:700}",
  "th,td{white-space:nowrap}",
  "td:last-child{white-space:normal;min-width:12rem}",
  ".right{text-align:right}",
  "details{margin:2rem 0 0}",
  "summary{cursor:pointer}",
  "summary h3{display:inline;margin:0}",
  "figure{margin:1rem 0;overflow-x:auto}",
  "figcaption{color:var(--soft);font-size:.85rem}",
  "svg{width:100%;min-width:36rem;max-width:54rem;height:auto;font:13px system-ui,sans-serif;fill:var(--ink)}",
  "svg .grid{fill:var(--soft)}",
  "svg .grid line{stroke:var(--line)}",
  "svg .axis{fill:var(--soft)}",
  "svg .series{stroke-width:2.5}",
  "svg .dashed .series{stroke-dasharray:7 5;stroke-width:2}",
  "svg .crossing text{font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:4px}",
  "svg .use line{stroke:var(--soft);stroke-dasharray:2 4}",
  "svg .use circle{fill:none;stroke:var(--ink);stroke-width:2}",
  ...light.map((_, at) => `svg .s${at}{fill:var(--s${at})}svg .s${at} .series{stroke:var(--s${at})}`),
  `@media print{:root{color-scheme:light;${page.light}}main{max-width:none;padding:0}`,
  "body{font-size:10pt}.scroll{overflow:visible}h3{break-after:avoid}figure,tr{break-inside:avoid}",
  "details::details-content{content-visibility:visible;block-size:auto}}",
].join("\n");
