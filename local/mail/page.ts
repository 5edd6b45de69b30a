import type { ReceivedMail } from './box.ts'

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 100rem; margin: 0 auto; padding: 1rem }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8886 }
  td:first-child, th[scope=row] { white-space: nowrap; width: 1% }
  .parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 15px/1.45 ui-monospace, monospace }
  iframe { width: 100%; height: 75vh; border: 1px solid #8886; background: Canvas }
`

/** All mails, newest first. */
export function listPage(mails: ReceivedMail[]): string {
  const rows = mails.toReversed().map(
    ({ id, at, to, subject }) => `<tr>
  <td>${escaped(at.slice(11, 19))}</td>
  <td><a href="/mails/${escaped(encodeURIComponent(id))}">${escaped(subject || '(no subject)')}</a></td>
  <td>${escaped(to.join(', '))}</td>
</tr>`,
  )
  const table = `<table>
<thead><tr><th scope="col">Sent (UTC)</th><th scope="col">Subject</th><th scope="col">To</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>`
  return page(`Mail (${mails.length})`, mails.length > 0 ? table : '<p>Nothing was sent yet.</p>')
}

/**
 * One mail: its headers, and its two parts side by side. The HTML part is in a sandboxed frame without scripts, forms
 * and this page's origin; its links open in a new tab.
 */
export function mailPage({ subject, from, to, at, headers, html, text }: ReceivedMail): string {
  const lines: [string, string][] = [
    ['From', from],
    ['To', to.join(', ')],
    ['Sent', at],
    ...headers.map(({ name, value }): [string, string] => [name, value]),
  ]
  const rows = lines.map(
    ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`,
  )
  const frame = `<iframe title="HTML part" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escaped(
    `<base target="_blank">${html}`,
  )}"></iframe>`
  return page(
    subject,
    `<p><a href="/">All mail</a></p>
<table>${rows.join('\n')}</table>
<div class="parts">
<section><h2>HTML</h2>${html ? frame : '<p>None.</p>'}</section>
<section><h2>Text</h2><pre>${escaped(text)}</pre></section>
</div>`,
  )
}

export function missingPage(): string {
  return page('No such mail', '<p><a href="/">All mail</a></p>')
}

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
