import type { ContextBlock, HeaderBlock, KnownBlock, SectionBlock } from '@slack/types'
import type { SlackMessage } from '../../responders/messages/slack/limits.ts'

type Text = { type: string; text: string }

/** An HTML page that shows a message's blocks as Slack's desktop client does, in its light theme. All text is escaped. */
export const slackPage = ({ blocks }: SlackMessage): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>${style}</style></head>
<body><article><div class="icon" aria-hidden="true">#</div><div class="message">
<p class="name"><b>Portcullis</b><span class="app">APP</span><time>2:02 PM</time></p>
${blocks.map(drawn).join('\n')}
</div></article></body></html>`

function drawn(block: KnownBlock): string {
  switch (block.type) {
    case 'header':
      return `<h1>${(block as HeaderBlock).text.text}</h1>`
    case 'section': {
      const { text, fields = [] } = block as SectionBlock
      const cells = fields.map((field) => `<div>${worded(field as Text)}</div>`).join('')
      return `${text ? `<div class="section">${worded(text as Text)}</div>` : ''}${cells ? `<div class="fields">${cells}</div>` : ''}`
    }
    case 'context':
      return `<div class="context">${(block as ContextBlock).elements.map((one) => `<span>${worded(one as Text)}</span>`).join('')}</div>`
    case 'actions':
      return `<div class="actions">${(block.elements as { text: Text; style?: string }[])
        .map(({ text, style: kind = '' }) => `<button class="${kind}">${text.text}</button>`)
        .join('')}</div>`
    default:
      throw new Error(`The page draws no ${block.type}: teach it, or leave that block out.`)
  }
}

// Text between code marks is left unchanged.
const worded = ({ type, text }: Text): string =>
  type === 'plain_text'
    ? text.replaceAll('\n', '<br>')
    : text
        .replace(/\n(?=```)|(?<=```)\n/g, '')
        .split(/(```[^`]*```|`[^`\n]*`)/)
        .map((piece) =>
          piece.startsWith('```')
            ? `<pre>${piece.slice(3, -3)}</pre>`
            : piece.startsWith('`')
              ? `<code>${piece.slice(1, -1)}</code>`
              : marked(piece),
        )
        .join('')

const marked = (text: string): string =>
  text
    .replace(/<!subteam\^\w+>/g, '<span class="mention">@sec-oncall</span>')
    .replace(/\*([^*\n]+)\*/g, '<b>$1</b>')
    .replaceAll('\n', '<br>')

const style = `
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1d1c1d;font:15px/1.47 Lato,'Helvetica Neue',Helvetica,Arial,sans-serif}
article{display:flex;gap:8px;padding:14px 20px 16px;width:680px}
.icon{flex:0 0 36px;height:36px;border-radius:8px;background:#24292f;color:#fff;font:700 20px/36px Arial;text-align:center}
.message{flex:1;min-width:0}
.name{margin:0;line-height:1.3}
.app{background:#e8e8e8;color:#454447;border-radius:2px;font-size:10px;font-weight:700;padding:1px 3px;margin:0 6px;vertical-align:1px}
time{color:#616061;font-size:12px}
h1{font-size:18px;line-height:1.33;font-weight:900;margin:6px 0 8px}
.section{margin:4px 0 8px}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px;margin:4px 0 12px}
.context{color:#616061;font-size:13px;line-height:1.4;margin:4px 0 8px;display:flex;flex-wrap:wrap;gap:3px 8px}
pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;margin:4px 0;font:12px/1.5 Monaco,Menlo,'DejaVu Sans Mono',monospace;white-space:pre-wrap;overflow-wrap:anywhere}
code{background:#f6f6f6;border:1px solid #ddd;border-radius:3px;color:#c01343;font:12px/1.5 Monaco,Menlo,'DejaVu Sans Mono',monospace;padding:2px 3px 1px;overflow-wrap:anywhere}
.mention{background:#fdf2d3;color:#1264a3;padding:0 2px;border-radius:3px}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0 4px}
button{background:#fff;border:1px solid #bbb;border-radius:8px;color:#1d1c1d;font:700 15px/1 Lato,'Helvetica Neue',Helvetica,Arial,sans-serif;height:36px;padding:0 12px}
button.primary{background:#007a5a;border-color:#007a5a;color:#fff}
`
