import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { needsEmulator } from './test/needs.ts'

/**
 * Where the long test files are, the longest first: begun last, one of them would keep one worker busy while the others
 * have nothing left to do. Vitest itself only knows the times of an earlier run, and CI has none.
 */
const longestFirst = [
  'test/docs/author',
  'test/infrastructure/package',
  'test/cli/authoring/new',
  'test/journeys/',
  'test/laws/',
  'test/cli/dev.test',
  'test/cli/deploy',
  'test/local/start',
  'test/engine/',
  'test/responders/decisions/',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longestFirst.findIndex((path) => moduleId.includes(path))
      return at < 0 ? longestFirst.length : at
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

const files = globSync('test/**/*.test.ts', { cwd: import.meta.dirname })

export default defineConfig({
  test: {
    // A worker waits for its emulator half of the time, so there is one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          // One process serves many files: to load the modules again for each takes as long as the tests.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          include: files.filter((file) => !needsEmulator(file)),
          // No emulator answers there: a test that wants one belongs into the other project (test/needs.ts).
          env: { PORTCULLIS_MOTO_URL: 'http://127.0.0.1:9', PORTCULLIS_MINISTACK_URL: 'http://127.0.0.1:9' },
        },
      },
      {
        extends: true,
        test: {
          name: 'emulated',
          // The longest test takes 25 s on two idle cores: this leaves it a machine four times slower, three times as
          // many workers.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          include: files.filter(needsEmulator),
          globalSetup: 'test/shared-moto.ts',
        },
      },
    ],
  },
})
