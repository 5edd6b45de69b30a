import { playbooks } from '../../playbooks/index.ts'
import { memberTemplate } from './permissions/member.ts'

/** Prints the template of an account that the stack of a stage protects: `print-member.ts <stage>`. */
const [stage] = process.argv.slice(2)
if (!stage) throw new Error('Which stage? node infrastructure/stack/print-member.ts <stage>')
console.log(JSON.stringify(memberTemplate(playbooks, `portcullis-${stage}`), null, 2))
