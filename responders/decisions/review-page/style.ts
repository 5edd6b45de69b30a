import { createHash } from 'node:crypto'

/** The style of the review page: one column, at least 16 px, every colour pair at least 4.5:1, dark where the device is. */
export const reviewStyle = `
:root{color-scheme:light dark;--text:#1d2430;--ground:#f2f4f7;--sheet:#fff;--quiet:#475467;--line:#667085;--main:#1a4fb4;--on:#fff}
@media(prefers-color-scheme:dark){:root{--text:#e6e9ee;--ground:#0d1117;--sheet:#161b22;--quiet:#b6bfcd;--line:#8b95a5;--main:#9dbcff;--on:#0d1117}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:42rem;margin:0 auto;padding:1.25rem;background:var(--sheet);min-height:100vh}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 .75rem}
h2{font-size:1.125rem;line-height:1.35;margin:0}
section{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:1.25rem}
dl{display:grid;grid-template-columns:minmax(5rem,auto) 1fr;gap:.25rem 1rem;margin:1rem 0}
dd{margin:0}
dt,.quiet{color:var(--quiet)}
.state{font-weight:700;margin:0}
.next,[role=status]{border-left:4px solid var(--main);padding:.25rem .75rem;font-weight:600}
ul{padding-left:1.25rem}
ul.plan{list-style:none;padding:0}
code,.plan li{font-family:ui-monospace,Menlo,Consolas,monospace}
.plan li{padding:.25rem 0 .25rem 1.5rem;text-indent:-1.5rem}
fieldset{border:1px solid var(--line);border-radius:6px;margin:1rem 0;padding:.5rem 1rem}
label{display:block;margin:1rem 0 .25rem;font-weight:600}
fieldset label{display:flex;gap:.75rem;align-items:flex-start;margin:.5rem 0;font-weight:400;min-height:1.75rem}
input[type=radio]{width:1.5rem;height:1.5rem;margin:0;flex:none;accent-color:var(--main)}
textarea,select,input[type=text]{width:100%;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:6px;padding:.6rem}
select option{color:#1d2430;background:#fff}
button{font:inherit;font-weight:700;border:2px solid var(--main);border-radius:6px;padding:.7rem 1.4rem;margin-top:1rem;background:var(--main);color:var(--on)}
button.second{background:transparent;color:var(--main)}
:focus-visible{outline:3px solid var(--main);outline-offset:3px}
@media print{form{display:none}}`

/** The policy for the page: no script, no loaded content, and only this style sheet. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(reviewStyle).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')
