import { describe, expect, it } from 'vitest'
import { commands } from '../../cli/commands/table.ts'
import { problemCodes } from '../../cli/shell/codes.ts'
import { portcullis, shell, terminal } from './shell.ts'

describe('help', () => {
  it('is one screen with three examples when no command is typed', async () => {
    const { code, out, err } = await portcullis([])
    expect(code).toBe(0)
    expect(err).toBe('')
    expect(out.split('\n').length).toBeLessThanOrEqual(25)
    expect(out.match(/^ {2}portcullis .* # /gm)).toHaveLength(3)
    for (const { name } of commands) expect(out).toContain(name.split(' ')[0])
  })

  it.each(commands.map(({ name }) => name))('of %s begins with its examples', async (name) => {
    const { code, out } = await portcullis([...name.split(' '), '-h'])
    expect(code).toBe(0)
    expect(out).toMatch(/^Examples\n( {2}.*\n){3,6}\n\s*Usage: portcullis /)
  })

  it('has no line wider than a terminal of 50 columns', async () => {
    const { out } = await terminal(['approve', '-h'], { columns: 50 })
    expect(out).toContain('Examples')
    expect(out.split('\r\n').filter((line) => line.length > 50)).toEqual([])
  })

  it('starts with any Node.js, which starts the pinned one', async () => {
    const { code, out } = await shell('node cli/portcullis.mjs --version')
    expect(code).toBe(0)
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('a typing error', () => {
  it.each([
    [['incidnets'], 'Did you mean incidents?'],
    [['incidents', 'shwo', 'inc-1'], 'Did you mean "incidents show"?'],
    [['approve', 'inc-1', '--paln', 'x'], 'Did you mean --plan?'],
    [['notify', 'preview', 'contaned', '--to', 'text'], 'Did you mean contained?'],
    [['pause', 'thottle-stage', '--for', '1h', '--reason', 'x'], 'Did you mean throttle-stage?'],
    [['docs', 'pln-changed'], 'Did you mean plan-changed?'],
  ])('%j exits with 2 and gets a suggestion', async (args, meant) => {
    const { code, out, err } = await portcullis(args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err.trimEnd().split('\n').at(-1)).toContain(meant)
  })

  it('is one object on stderr with --json', async () => {
    const { out, err } = await portcullis(['docs', 'pln-changed', '--json'])
    expect(out).toBe('')
    expect(JSON.parse(err).error).toEqual({
      code: 'unknown-code',
      message: '"pln-changed" is not an error code',
      fix: expect.stringContaining('plan-changed'),
      docs: 'portcullis docs unknown-code',
    })
  })
})

describe('docs', () => {
  it('explains every code without a network', async () => {
    const { out } = await portcullis(['docs', '--json'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })
    const { schemaVersion, codes: told } = JSON.parse(out)
    expect(schemaVersion).toBe(1)
    expect(told).toEqual(problemCodes)
  })
})
