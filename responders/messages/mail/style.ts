import type { IncidentState } from '../view/incident-view.ts'

/** Colours with a contrast of at least 4.5:1 between text and background. Source: WCAG 2.2, 1.4.3. */
interface Tone {
  light: string
  dark: string
}

const tones = {
  act: { light: '#b42318', dark: '#ff9b8f' },
  ask: { light: '#8a4b00', dark: '#f5b95c' },
  held: { light: '#1a4fb4', dark: '#9dbcff' },
  calm: { light: '#1c6b3c', dark: '#83d6a3' },
  past: { light: '#475467', dark: '#b6bfcd' },
} satisfies Record<string, Tone>

const toneOf: Record<IncidentState, keyof typeof tones> = {
  'approval-needed': 'ask',
  containing: 'held',
  contained: 'held',
  undone: 'calm',
  ended: 'calm',
  denied: 'past',
  expired: 'past',
  partial: 'act',
  failed: 'act',
  drifted: 'ask',
  observed: 'past',
}

/** The colour of a state; the text names the state as well. */
export const colourOf = (state: IncidentState): Tone => tones[toneOf[state]]

/**
 * The style of a mail: light by default, dark when the reader's device is. Clients that drop style sheets show the text
 * in one column.
 */
export const styleOf = (state: IncidentState): string => {
  const { light, dark } = colourOf(state)
  const mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace"
  return `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;background:#f2f4f7;color:#1d2430;-webkit-text-size-adjust:100%}
body,td,th,p,h1,h2,li{font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.45}
table{border-collapse:collapse;width:100%}
td,th{padding:0;text-align:left;vertical-align:top;overflow-wrap:anywhere;word-break:break-word}
.sheet{max-width:600px;margin:0 auto;background:#ffffff;border-top:6px solid ${light}}
.slot{padding:20px 20px 0}
.end{padding:20px}
.state{color:${light};font-weight:700;letter-spacing:.02em;margin:0}
h1{font-size:22px;line-height:1.3;margin:6px 0 0;font-weight:700}
h2{font-size:17px;line-height:1.35;margin:0;font-weight:700}
p{margin:10px 0 0}
.next{font-weight:600;border-left:4px solid ${light};padding:2px 0 2px 12px;margin-top:14px}
.button{display:inline-block;background:${light};color:#ffffff;text-decoration:none;font-weight:700;padding:13px 22px;border-radius:6px}
.id{white-space:nowrap}
.quiet{color:#475467}
.label{color:#475467;width:84px;padding:3px 12px 3px 0;font-weight:400}
.value{padding:3px 0}
.rule{border-top:1px solid #d5dae1;padding-top:18px}
.mono{font-family:${mono};font-size:16px}
.sign{font-family:${mono};font-size:16px;white-space:nowrap;padding:6px 10px 6px 0;width:20px}
.change{padding:6px 0}
.no{color:#b42318;font-weight:700}
.yes{color:#1c6b3c;font-weight:700}
ul{margin:8px 0 0;padding:0 0 0 20px}
@media (prefers-color-scheme:dark){
body{background:#0d1117!important;color:#e6e9ee!important}
.sheet{background:#161b22!important;border-top-color:${dark}!important}
.state{color:${dark}!important}
.next{border-left-color:${dark}!important}
.button{background:${dark}!important;color:#0d1117!important}
.quiet,.label{color:#b6bfcd!important}
.rule{border-top-color:#3a424e!important}
.no{color:#ff9b8f!important}
.yes{color:#83d6a3!important}
}`
}
