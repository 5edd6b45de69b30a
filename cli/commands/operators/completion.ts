import tab from '@bomb.sh/tab'
import { exits } from '../../shell/exits.ts'

/** `portcullis completion`: a script that asks `portcullis complete` whenever Tab is pressed. */
export function run({ shell }: { shell: string }): Promise<number> {
  tab.setup('portcullis', 'portcullis', shell)
  return Promise.resolve(exits.ok)
}
