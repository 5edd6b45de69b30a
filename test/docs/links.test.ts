import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { anchorOf } from '../../docs/generate/markdown.ts'
import { root } from '../cli/shell.ts'
import { type Page, pages } from './pages.ts'

const withoutCode = (text: string) => text.replace(/^ *```[\s\S]*?^ *```$/gm, '').replace(/`[^`\n]*`/g, '')

/** Where a page points to: links and pictures, as they are written. */
const linksOf = ({ text }: Page) => [
  ...[...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to),
  ...[...withoutCode(text).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to = '']) => to),
]

const anchorsOf = (path: string) =>
  new Set(
    [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      anchorOf(heading.replaceAll('`', '')),
    ),
  )

test.each(pages.map((page) => [page.path, page] as const))(
  'every link of %s leads somewhere',
  (path, page) => {
    const broken = linksOf(page)
      .filter((to) => !/^(https?|mailto):/.test(to))
      .filter((to) => {
        const [file = '', anchor] = to.split('#')
        const target = file ? join(root, dirname(path), file) : join(root, path)
        if (!existsSync(target)) return true
        return anchor !== undefined && !(statSync(target).isFile() && anchorsOf(target).has(anchor))
      })
    expect(broken).toEqual([])
  },
)

test('a link that leads nowhere would be found', () => {
  const page = { path: 'docs/x.md', text: '[a](nowhere.md) [b](#no) `[c](code.md)`\n<img src="no.png">' }
  expect(linksOf(page)).toEqual(['nowhere.md', '#no', 'no.png'])
})

test('every page can be reached from the README or from docs/README.md', () => {
  const known = pages.filter(({ path }) => /^(docs\/)?README\.md$/.test(path))
  const reached = known.flatMap((page) =>
    linksOf(page).map((to) => join(dirname(page.path), to.split('#')[0] ?? '')),
  )
  const all = pages.map(({ path }) => path).filter((path) => path !== 'README.md')
  expect(all.filter((path) => path !== 'docs/README.md' && !reached.includes(path))).toEqual([])
})
