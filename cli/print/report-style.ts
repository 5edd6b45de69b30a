/** The style sheet of a report: light or dark by the reader's preference, black on white in print. */
export const reportStyle = `
:root { color-scheme: light dark; --text: #1d2433; --quiet: #4a5568; --line: #cfd6e2; --ground: #fff; --good: #1c6b3c; --bad: #b42318; --bar: #1a4fb4; --wait: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaf2; --quiet: #aab4c5; --line: #3a4458; --ground: #12161f; --good: #83d6a3; --bad: #ff9b8f; --bar: #9dbcff; --wait: #f5b95c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 860px; padding: 24px; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: anywhere; }
header { border-bottom: 3px solid var(--line); padding-bottom: 12px; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 4px 0 8px; }
h2 { font-size: 1.15rem; margin: 32px 0 8px; }
h3 { font-size: 1rem; margin: 20px 0 4px; }
p { margin: 4px 0; }
.state { font-weight: 700; letter-spacing: .04em; }
.quiet { color: var(--quiet); }
.good { color: var(--good); } .bad { color: var(--bad); }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); }
table.changes { table-layout: fixed; }
.changes th { width: 24%; } .changes th:first-child { width: 34%; } .changes th:last-child { width: 18%; }
th { color: var(--quiet); font-weight: 600; }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
code, pre { font: .8125rem/1.45 ui-monospace, monospace; }
pre { white-space: pre-wrap; border: 1px solid var(--line); padding: 12px; margin: 8px 0; }
.waterfall { display: block; width: 100%; height: auto; margin: 8px 0; }
.waterfall text { fill: var(--text); font: 13px system-ui, sans-serif; }
.waterfall .words { fill: var(--quiet); }
.detecting { fill: var(--quiet); } .waiting { fill: var(--wait); } .containing { fill: var(--bar); } .held { fill: var(--good); } .failed { fill: var(--bad); }
footer { margin-top: 32px; border-top: 1px solid var(--line); padding-top: 8px; }
@page { margin: 16mm; }
@media print {
  :root { color-scheme: light; --text: #000; --quiet: #333; --line: #999; --ground: #fff; --good: #1c6b3c; --bad: #b42318; --bar: #1a4fb4; --wait: #8a4b00; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  h2, h3 { break-after: avoid; } tr, svg { break-inside: avoid; }
}
`
