import tab from '@bomb.sh/tab'
import { exits } from '../../shell/exits.ts'

/** `portcullis completion`: a shell script that calls `portcullis complete` at every Tab. */
export function run({ shell }: { shell: string }): Promise<number> {
  tab.setup('portcullis', 'portcullis', shell)
  return Promise.resolve(exits.ok)
}
