import type { CommandOption, CommandValue } from '../shell/command.ts'

/** Arguments and options that several commands take. */

export const incidentArgument: CommandValue = {
  flags: '<id>',
  says: 'id of an incident or containment; an unambiguous prefix is enough',
  from: 'incidents',
}
export const eventArgument: CommandValue = {
  flags: '<event>',
  says: 'file with the event, or - for standard input',
}

export const yesOption: CommandOption = { flags: '--yes', says: 'do not ask for confirmation' }
export const reasonOption: CommandOption = {
  flags: '--reason <text>',
  says: 'reason, shown to the other responders',
}
export const ruleOption: CommandOption = { flags: '--rule <name>', says: 'only this rule' }
