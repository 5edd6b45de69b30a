import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { incidentOf } from './incidents.ts'
import { portcullis, shell } from './shell.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  await stage.put(incidentOf('contained', 'inc-70000001', { hostile: true }))
})
afterAll(() => stage?.stop())

const offered = async (...typed: string[]) => {
  const { out } = await portcullis(['complete', '--', ...typed], stage.env)
  return out.split('\n').flatMap((line) => (line && !line.startsWith(':') ? [line.split('\t')[0]] : []))
}

describe('completion', () => {
  it.each([
    [['inc'], ['incidents']],
    [['incidents', 'e'], ['export']],
    [['undo', 'inc-7', '--le'], ['--leave']],
    [['undo', 'inc-7', '--st'], ['--stage']],
    [['pause', 'throttle-s'], ['throttle-stage']],
    [['incidents', 'show', 'inc-'], ['inc-70000001']],
    [['undo', 'inc-'], ['inc-70000001']],
    [['docs', 'plan'], ['plan-changed']],
    [['notify', 'preview', 'obs'], ['observed']],
    [
      ['notify', 'preview', 'observed', '--to', ''],
      ['slack', 'mail', 'text'],
    ],
  ])('after %j offers %j', async (typed, expected) => {
    expect(await offered(...typed)).toEqual(expected)
  })

  it('gives a shell no text from events', async () => {
    const { out } = await portcullis(['complete', '--', 'undo', ''], stage.env)
    expect(out).toMatch(/^inc-70000001\tcontained, \w+, opened \d+ \w+ ago\n:4\n$/)
  })

  it('prints nothing when AWS does not respond', async () => {
    const { code, out, err } = await portcullis(['complete', '--', 'undo', ''], {
      AWS_ENDPOINT_URL: 'http://192.0.2.1',
    })
    expect([code, out, err]).toEqual([0, ':4\n', ''])
  })

  it('works in a bash', async () => {
    const { out, err } = await shell(
      `_get_comp_words_by_ref() { cur=\${COMP_WORDS[COMP_CWORD]} words=("\${COMP_WORDS[@]}"); }
       portcullis() { $P "$@"; }
       eval "$(portcullis completion bash)"
       COMP_WORDS=(portcullis undo inc-) COMP_CWORD=2
       __portcullis_complete 2>&1; echo "\${COMPREPLY[@]}"`,
      stage.env,
    )
    expect(err).toBe('')
    expect(out.trim().split('\n').at(-1)).toBe('inc-70000001')
  })

  it.each(['bash', 'zsh', 'fish'])('has a script for %s', async (name) => {
    const { code, out } = await portcullis(['completion', name])
    expect([code, out]).toEqual([0, expect.stringContaining('portcullis complete -- ')])
  })
})
