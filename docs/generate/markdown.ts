/** What begins every page that is made from code. */
export const page = (title: string, from: string, ...parts: string[]): string =>
  `${[`# ${title}`, `Made from ${from} by \`node docs/generate.ts\`: edit those.`, ...parts].join('\n\n')}\n`

/** A table; `|` within a field and line ends do no harm. */
export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(field).join(' | ')} |`).join('\n')

export const list = (items: string[]): string => items.map((item) => `- ${item}`).join('\n')

/** As code: what has a backtick in it stands between two. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)

export const block = (language: string, ...lines: string[]): string =>
  [`\`\`\`${language}`, ...lines, '```'].join('\n')

/** What a heading is called in an address. Source: GitHub Docs, "Section links". */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')

const field = (text: string): string => text.replaceAll('|', '\\|').replace(/\n/g, '<br>')
