import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { portcullis, root, shell } from './shell.ts'

const driven = 'guardduty-instance-compromise'
const event = (name: string) => JSON.parse(readFileSync(join(root, 'test/events', `${name}.json`), 'utf8'))
const finding = event(`${driven}/fires`)
const call = event('bedrock-model-access-enabled/fires').detail
const other = { ...call, eventID: 'e-2', eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' }

const folder = mkdtempSync(join(tmpdir(), 'portcullis-replay-'))
const fileOf = (name: string, content: string | Buffer) => {
  const file = join(folder, name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content)
  return file
}
const lines = (...values: unknown[]) => values.map((one) => JSON.stringify(one)).join('\n')
const parsed = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('replay', () => {
  it('prints one line per record and a summary at the end', async () => {
    const file = fileOf('mixed.jsonl', `${lines(finding, other)}\n{"broken":\n${lines(call)}`)
    const { code, out, err } = await portcullis(['replay', file, '--json'])
    const [first, second, third, fourth, last] = parsed(out)
    expect([code, err]).toEqual([0, ''])
    expect(first).toMatchObject({ line: 1, eventID: finding.id, rules: [driven] })
    expect(first.decisions[0]).toEqual({
      rule: driven,
      playbook: 'quarantine-instance',
      target: { account: '111122223333', region: 'us-east-1', instanceId: 'i-0a1b2c3d4e5f60718' },
      mode: 'contain',
      decision: 'contain',
    })
    expect(second).toMatchObject({ line: 2, eventID: 'e-2', rules: [], decisions: [] })
    expect(third).toMatchObject({ line: 3, error: 'is not valid JSON' })
    expect(fourth).toMatchObject({ line: 4, eventID: call.eventID })
    expect(last.summary).toMatchObject({
      records: 4,
      matched: 2,
      unreadable: 1,
      byDecision: { contain: 3, none: 1 },
      byRule: { [driven]: { fires: 1, targets: 1, protected: 1 } },
    })
  })

  it('reads every format of records, with the same result', async () => {
    const list = JSON.stringify({ Records: [call, other, call] })
    const files = [
      fileOf('a.json', list),
      fileOf('b.json.gz', gzipSync(list)),
      fileOf('c.json', JSON.stringify([call, other, call], null, 2)),
      fileOf('d.jsonl', lines(call, other, call)),
      fileOf(
        'e.json',
        JSON.stringify({
          Events: [call, other, call].map((one) => ({ CloudTrailEvent: JSON.stringify(one) })),
        }),
      ),
    ]
    const all = await Promise.all(files.map((file) => portcullis(['replay', file, '--json'])))
    all.push(await shell(`cat ${files[1]} | $P replay - --json`))
    const summaries = all.map(({ out }) => {
      const { seconds: _, recordsPerSecond: __, ...rest } = parsed(out).at(-1).summary
      return rest
    })
    expect(summaries[0]).toMatchObject({ records: 3, matched: 2, unreadable: 0, targets: 1 })
    for (const one of summaries) expect(one).toEqual(summaries[0])
  })

  it('reads folders, past broken archives and past digests', async () => {
    const place = join(folder, 'bucket/AWSLogs')
    fileOf('bucket/AWSLogs/CloudTrail/a.json.gz', gzipSync(JSON.stringify({ Records: [call] })))
    fileOf('bucket/AWSLogs/CloudTrail/b.json.gz', gzipSync(lines(...Array(50).fill(call))).subarray(0, 300))
    fileOf('bucket/AWSLogs/CloudTrail/c.json', lines(other))
    fileOf('bucket/AWSLogs/CloudTrail-Digest/d.json', '{}')
    fileOf('bucket/AWSLogs/CloudTrail/readme.txt', 'no')
    const { code, out } = await portcullis(['replay', place, '--json'])
    const all = parsed(out)
    expect(code).toBe(0)
    expect(all.find(({ error }) => error)).toMatchObject({
      file: expect.stringContaining('b.json.gz'),
      error: expect.stringContaining('cannot be read from here on'),
    })
    expect(all.at(-2)).toMatchObject({ file: expect.stringContaining('c.json'), eventID: 'e-2' })
  })

  it('prints a row for each rule, and the decisions under a ceiling', async () => {
    const file = fileOf('twice.jsonl', lines(finding, finding))
    const { code, out, err } = await portcullis(['replay', file, '--ceiling', 'observe'])
    expect([code, err]).toEqual([0, ''])
    const [head, row] = out.split('\n').map((line) => line.trim().split(/ {2,}/))
    expect(head).toEqual(['rule', 'fires', 'targets', 'protected', 'guarded', 'repeated'])
    expect(row).toEqual([driven, '2', '1', '0', '0', '2'])
    expect(out).toContain('1 targets; decisions: 4 observe')
  })

  it('is limited to one rule or playbook on request', async () => {
    const file = fileOf('two.jsonl', lines(finding, call))
    const summaryOf = async (...more: string[]) =>
      parsed((await portcullis(['replay', file, '--json', ...more])).out).at(-1).summary
    expect((await summaryOf('--rule', driven)).byRule).toEqual({ [driven]: expect.anything() })
    expect((await summaryOf('--playbook', 'snapshot-volumes')).byDecision).toMatchObject({ contain: 1 })
  })

  it('shows the differences to the rules of a commit', async () => {
    const file = fileOf('one.jsonl', lines(finding))
    // A copy of this project whose one commit observes what is contained here.
    mkdirSync(join(root, '.local'), { recursive: true })
    const copy = mkdtempSync(join(root, '.local/replay-test-'))
    const rooms = readdirSync(root).filter((room) => !/^(\..*|node_modules|test|docs)$/.test(room))
    for (const room of rooms) cpSync(join(root, room), join(copy, room), { recursive: true })
    const path = `rules/compute/${driven}.ts`
    const rule = join(copy, path)
    const text = readFileSync(rule, 'utf8')
    writeFileSync(rule, text.replace("mode: 'contain'", "mode: 'approve'"))
    const git = 'git -c user.name=x -c user.email=x@y -c commit.gpgsign=false'
    const script = `set -e; cd ${copy}; git init -q; git add -A; ${git} commit -qm one; cp ${join(root, path)} ${path}
      node cli/portcullis.ts replay ${file} --against HEAD
      node cli/portcullis.ts replay ${file} --against HEAD --json; ls .local; cd /; rm -r ${copy}`
    const { code, out, err } = await shell(script.replaceAll('node ', `${process.execPath} `))
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /~ {2}guardduty-instance-compromise {2}quarantine-instance {2}i-0a1b2c3d4e5f60718 .* propose → contain/,
    )
    const difference = out.split('\n').find((line) => line.includes('"difference"'))
    expect(JSON.parse(difference ?? '').difference).toMatchObject({
      fires: {},
      targets: [{ before: 'propose', now: 'contain' }, { playbook: 'snapshot-volumes' }],
    })
  })

  it('prints no control sequences from a record', async () => {
    const nasty = '\u001b[2J\u009b31m\u202e'
    const escaped = JSON.stringify(nasty).slice(1, -1)
    const text = JSON.stringify(finding)
      .replaceAll('i-0a1b2c3d4e5f60718', escaped)
      .replaceAll(finding.id, escaped)
    const file = fileOf(`${encodeURIComponent(nasty)}.jsonl`, `${text}\n${nasty}\n`)
    for (const more of [[], ['--json']]) {
      const { out, err } = await portcullis(['replay', file, ...more])
      expect(out).toContain(driven)
      expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
  })

  it('exits with 3 when nothing can be read, with 2 for a wrong command line', async () => {
    const nothing = fileOf('nothing.jsonl', '{}\n')
    const runs: string[][] = [
      [nothing],
      ['-'],
      ['/nonexistent'],
      [],
      [nothing, '--since', '7d'],
      [nothing, '--against', 'nope'],
      ['--since', '999d'],
    ]
    const all = await Promise.all(runs.map((more) => portcullis(['replay', ...more])))
    expect(all.map(({ code }) => code)).toEqual([3, 3, 3, 2, 2, 2, 2])
    expect(all[5]?.err).toContain('--against main')
  })

  it('ends without an error when the reader closes the pipe', async () => {
    const file = fileOf('many.jsonl', lines(...Array(3000).fill(other)))
    const { err } = await shell(`$P replay ${file} --json | head -1 > /dev/null`)
    expect(err).toBe('')
  })
})
