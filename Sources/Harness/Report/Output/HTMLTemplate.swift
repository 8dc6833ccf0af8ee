// SPDX-License-Identifier: MIT

/// The parts of a page: in the source, so that the command is one file.
enum HTMLTemplate {
  /// The page; every text is escaped, only style, script and drawings are put in as they are.
  static let page = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <nav aria-label="Contents">{{#sections}}<a href="#{{id}}">{{title}}</a> {{/sections}}</nav>
    <div class="page">
    <header>
    <h1>{{title}}</h1>
    <p>{{subtitle}}</p>
    {{#hasHeadline}}<p class="headline {{tone}}">{{headline}}</p>
    {{/hasHeadline}}
    </header>
    <main>
    {{#sections}}
    <section id="{{id}}">
    <h2>{{title}}</h2>
    {{#paragraphs}}<p>{{.}}</p>
    {{/paragraphs}}
    {{#blocks}}
    {{#folded}}<details><summary>{{title}}</summary>{{/folded}}
    {{#open}}{{#title}}<h3>{{title}}</h3>{{/title}}{{/open}}
    {{#missing}}<p class="note">The program gnuplot was not found, so there are no plots here; the \
    tables hold the same numbers.</p>{{/missing}}
    {{#plots}}
    <ul class="legend">{{#legend}}<li><span style="color:{{color}}">{{mark}}</span> {{label}}</li>\
    {{/legend}}</ul>
    <div class="plots">{{#drawings}}<figure>{{{.}}}</figure>{{/drawings}}</div>
    {{/plots}}
    {{#intervals}}
    <div class="intervals" role="img" aria-label="{{alt}}">
    {{#rows}}<div class="line"><div class="name">{{name}}</div><div class="track">\
    {{#marks}}<i class="mark" style="left:{{at}}%" title="{{text}}"></i>{{/marks}}\
    <i class="reach" style="left:{{left}}%;width:{{width}}%;background:{{color}}"></i>\
    <i class="dot" style="left:{{at}}%;background:{{color}}"></i></div>\
    <div class="value">{{value}}</div></div>
    {{/rows}}
    <div class="line axis"><div class="name">{{unit}}</div><div class="track">\
    {{#ticks}}<span style="left:{{at}}%">{{text}}</span>{{/ticks}}</div><div class="value"></div></div>
    </div>
    {{#legend}}<p class="key">{{legend}}</p>{{/legend}}
    {{/intervals}}
    {{#notes}}<p class="note">{{.}}</p>
    {{/notes}}
    {{#code}}<pre>{{code}}</pre>{{/code}}
    {{#table}}
    <div class="scroll"><table class="{{class}}">
    <thead><tr>{{#columns}}<th scope="col" class="{{class}}" title="{{meaning}}">\
    {{#sorts}}<button type="button">{{name}}</button>{{/sorts}}\
    {{^sorts}}<span>{{name}}</span>{{/sorts}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}<tr><th scope="row" class="{{headClass}}" data-key="{{headKey}}">{{head}}</th>\
    {{#cells}}<td class="{{class}}" data-key="{{key}}"{{#detail}} title="{{detail}}"{{/detail}}\
    {{#color}} style="background:{{color}}"{{/color}}>{{text}}</td>{{/cells}}</tr>
    {{/rows}}</tbody></table></div>
    {{/table}}
    {{#folded}}</details>{{/folded}}
    {{/blocks}}
    </section>
    {{/sections}}
    </main>
    </div>
    <script>{{{script}}}</script>
    </body>
    </html>
    """

  /// Colors follow the reader's choice of dark or light.
  static let style = """
    :root { color-scheme: light dark; --page: #fff; --ink: #1a1d21; --soft: #5b6470;
      --line: #dfe3e8; --band: #f5f7f9; --link: #1f5fbf; }
    @media (prefers-color-scheme: dark) { :root { --page: #14171a; --ink: #e4e7ea;
      --soft: #9aa4af; --line: #30363d; --band: #1c2126; --link: #7db1ff; } }
    * { box-sizing: border-box; }
    body { margin: 0; padding: 1rem; background: var(--page); color: var(--ink);
      font: 15px/1.5 system-ui, sans-serif; }
    .page { min-width: 0; }
    nav { font-size: 14px; }
    @media (min-width: 1100px) { body { display: grid; column-gap: 2rem;
      grid-template-columns: 13rem minmax(0, 1fr); padding: 1rem 2rem; }
      nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem);
      overflow-y: auto; border-right: 1px solid var(--line); }
      nav a { display: block; padding: .15rem 0; } }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
    h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
    h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
    p { max-width: 46rem; margin: .5rem 0; color: var(--soft); }
    header p { color: var(--ink); }
    .note { border-left: 3px solid #e07b39; padding-left: .75rem; color: var(--ink); }
    .headline { font-size: 1.15rem; line-height: 1.4; max-width: 52rem; padding: .75rem 1rem;
      border-left: 6px solid #7a8b99; background: var(--band); border-radius: 4px; }
    .headline.good { border-color: #2ca58d; } .headline.bad { border-color: #d1495b; }
    pre { background: var(--band); padding: .6rem .8rem; border-radius: 4px; font-size: 12px;
      white-space: pre-wrap; overflow-wrap: anywhere; max-width: 60rem; margin: .5rem 0; }
    .intervals { max-width: 52rem; margin: .75rem 0 .25rem; font-size: 13px; }
    .line { display: grid; align-items: center; column-gap: .75rem;
      grid-template-columns: minmax(5rem, 15rem) 1fr 9.5rem; min-height: 1.7rem; }
    .line .name { overflow-wrap: anywhere; } .line .value { text-align: right;
      font-variant-numeric: tabular-nums; color: var(--soft); white-space: nowrap; }
    .track { position: relative; height: 1.2rem; border-left: 1px solid var(--line);
      border-right: 1px solid var(--line); }
    .track i { position: absolute; display: block; }
    .reach { height: 4px; top: calc(50% - 2px); border-radius: 2px; opacity: .55; }
    .dot { width: 10px; height: 10px; margin-left: -5px; top: calc(50% - 5px);
      border-radius: 50%; }
    .mark { width: 0; top: -.25rem; bottom: -.25rem; border-left: 2px dashed var(--soft); }
    .axis .track { border: 0; border-top: 1px solid var(--line); color: var(--soft); }
    .axis span { position: absolute; transform: translateX(-50%); }
    .key { font-size: 13px; }
    @media (max-width: 600px) { .line { grid-template-columns: 1fr auto; row-gap: 0; }
      .line .track { grid-column: 1 / -1; grid-row: 2; } .line { margin-bottom: .35rem; }
      .mark { top: 0; bottom: 0; } }
    td.word { min-width: 9rem; white-space: normal; }
    a { color: var(--link); } nav a { margin-right: .75rem; }
    summary { cursor: pointer; margin: .75rem 0; color: var(--link); }
    .scroll { overflow-x: auto; margin: .5rem 0; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
    th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
    .number { text-align: right; } .word { text-align: left; }
    tbody th { font-weight: 500; }
    thead th { vertical-align: bottom; color: var(--soft); font-weight: 600; }
    table.plain thead button { all: unset; cursor: pointer; }
    table.plain thead button:focus-visible { outline: 2px solid var(--link); }
    th[aria-sort] button::after { content: " \\2191"; }
    th[aria-sort=descending] button::after { content: " \\2193"; }
    table.plain tbody tr:hover { background: var(--band); }
    table.plain th.word:first-child, table.heat th:first-child { position: sticky; left: 0;
      background: var(--page); z-index: 1; }
    table.heat { font-size: 10px; }
    table.heat td { padding: .25rem 0; text-align: center; border: 1px solid var(--page);
      min-width: 1.6rem; }
    table.heat thead th { padding: .2rem 0; font-weight: 400; }
    table.heat thead th:not(:first-child) span { writing-mode: vertical-rl;
      transform: rotate(180deg); display: inline-block; text-align: left; }
    table.heat tbody th { font-size: 12px; padding-right: .6rem; text-align: left; }
    table.heat tbody tr:first-child > * { border-bottom: 2px solid var(--soft);
      font-weight: 600; }
    .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
      gap: 1rem; }
    figure { margin: 0; min-width: 0; } figure svg { width: 100%; height: auto; max-width: 44rem; }
    .legend { list-style: none; padding: 0; margin: .5rem 0; display: flex; flex-wrap: wrap;
      gap: .1rem 1rem; font-size: 13px; }
    .save { font-size: 12px; }
    @media print { nav, .save { display: none; } body { display: block; padding: 0; }
      section, figure, tr { break-inside: avoid; } h2 { break-after: avoid; } }
    """

  /// Sorts a table by the column whose heading is pressed, pressing again turns the order; offers each
  /// drawing as a file; unfolds all for the printer.
  static let script = """
    for (const button of document.querySelectorAll("table.plain thead button")) {
      button.addEventListener("click", () => {
        const head = button.parentElement, row = head.parentElement;
        const column = [...row.children].indexOf(head);
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of row.children) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = head.closest("table").tBodies[0];
        const numeric = head.classList.contains("number");
        const key = line => {
          const cell = line.children[column];
          if (!numeric) return cell.textContent;
          return cell.dataset.key === "" ? null : Number(cell.dataset.key);
        };
        const lines = [...body.rows].map(line => [key(line), line]);
        lines.sort(([a], [b]) => {
          if (a === null || b === null) return (a === null) - (b === null);
          const order = numeric ? a - b : a.localeCompare(b, "en", { numeric: true });
          return up ? order : -order;
        });
        for (const [, line] of lines) body.append(line);
      });
    }
    for (const [index, figure] of document.querySelectorAll("figure").entries()) {
      const drawing = figure.querySelector("svg");
      if (!drawing) continue;
      const link = document.createElement("a");
      link.className = "save";
      link.textContent = "SVG";
      link.href = "#";
      link.download = "figure-" + (index + 1) + ".svg";
      link.addEventListener("click", () => {
        const copy = drawing.cloneNode(true);
        copy.style.color = "#1a1d21";
        copy.style.fontFamily = "sans-serif";
        const text = new XMLSerializer().serializeToString(copy);
        link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
      });
      figure.append(link);
    }
    addEventListener("beforeprint", () => {
      for (const folded of document.querySelectorAll("details")) folded.open = true;
    });
    """
}
