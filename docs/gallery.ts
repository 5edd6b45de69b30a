import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { slackPage } from '../local/slack/page.ts'
import { mailOf } from '../responders/messages/mail/mail.ts'
import { sampleNow, sampleOf } from '../responders/messages/samples/samples.ts'
import { slackMessage } from '../responders/messages/slack/message.ts'
import {
  type IncidentState,
  type IncidentView,
  incidentStates,
} from '../responders/messages/view/incident-view.ts'
import { viewOf } from '../responders/messages/view/view-of.ts'
import { smaller } from './gallery/palette.ts'

/** Renders every state of an incident in Chromium, as Slack and as a mail on a phone: `node docs/gallery.ts [state …]`. */
const folder = join(import.meta.dirname, 'gallery')
const phone = { width: 390, height: 400 }
const laptop = { width: 680, height: 300 }

const selected = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
try {
  for (const state of incidentStates)
    if (selected.length === 0 || selected.includes(state)) await render(browser, state)
} finally {
  await browser.close()
}
await writeFile(join(import.meta.dirname, 'gallery.md'), page())

async function render(from: Browser, state: IncidentState): Promise<void> {
  const view = viewOf(sampleOf(state), sampleNow)
  await screenshot(
    from,
    `slack-${state}`,
    slackPage(slackMessage(view, { mention: 'S0123ABCD' })),
    laptop,
    'light',
  )
  await screenshot(from, `mail-${state}`, mailHtml(view), phone, 'light')
  await screenshot(from, `mail-${state}-dark`, mailHtml(view), phone, 'dark')
}

function mailHtml(view: IncidentView): string {
  const link = `https://portcullis.example.com/i/${view.incident}`
  return mailOf(view, { link, to: 'sec-oncall', first: true }).html
}

async function screenshot(
  from: Browser,
  name: string,
  html: string,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
): Promise<void> {
  // Without scripts and network, as in a mail client.
  const tab = await from.newPage({ viewport, colorScheme, javaScriptEnabled: false, offline: true })
  await tab.setContent(html)
  const picture = await tab.screenshot({ fullPage: true })
  await writeFile(join(folder, `${name}.png`), smaller(picture))
  await tab.close()
}

function page(): string {
  const shown = incidentStates.map((state) => {
    const { text, header } = viewOf(sampleOf(state), sampleNow)
    const image = (kind: string, what: string, width: number) =>
      `<img src="gallery/${kind}.png" width="${width}" alt="${what}: ${header}">`
    return `## ${state}

${text}

${image(`slack-${state}`, 'Slack message', 680)}

${image(`mail-${state}`, 'Mail on a phone', 390)} ${image(`mail-${state}-dark`, 'The same mail in dark mode', 390)}
`
  })
  return `# What people receive

Every state of an incident as a Slack message, as a mail on a phone, and as one sentence for a notification or a screen reader.
Rendered by \`node docs/gallery.ts\` from [the sample incidents](../responders/messages/samples/sample-drafts.ts);
\`portcullis notify preview <state>\` shows the same.

${shown.join('\n')}`
}
