/** What can be wrong with a pattern. E is refused by EventBridge, W is taken and probably not what was meant. */
export const patternCodes = {
  E2001: {
    title: 'this is not JSON',
    why: 'EventBridge takes a pattern as JSON text, without comments and trailing commas.',
    fix: 'Correct the text at this place.',
  },
  E2002: {
    title: 'a pattern is an object',
    why: 'A pattern names fields of the event, as the event does: {"source": ["aws.guardduty"]}.',
    fix: 'Put the fields into { }.',
  },
  E2003: {
    title: 'this is empty',
    why: 'EventBridge refuses empty objects and empty lists: they would match nothing.',
    fix: 'Take it out; {"exists": true} matches any value, {"exists": false} none.',
  },
  E2004: {
    title: 'values stand in a list',
    why: 'Every field of a pattern is an object of further fields, or a list of alternatives, also for one value.',
    fix: 'Put [ ] round the value.',
  },
  E2005: {
    title: 'there is no such operator',
    why: 'EventBridge knows prefix, suffix, wildcard, equals-ignore-case, anything-but, numeric, cidr and exists, in lower case.',
    fix: 'Use one of these, one in each { }.',
  },
  E2006: {
    title: 'the operator cannot take this',
    why: 'Each operator takes one kind of operand: most a text, numeric a list, exists true or false.',
    fix: 'See the EventBridge User Guide, "Comparison operators".',
  },
  E2007: {
    title: 'this is no range of numbers',
    why: 'numeric takes one comparison, or a lower bound and then an upper bound above it: [">=", 4, "<", 7].',
    fix: 'Write the lower bound first.',
  },
  E2008: {
    title: 'this is no wildcard',
    why: 'Two * in a row mean nothing more than one, \\ stands only before * and \\, and EventBridge refuses what costs it too much.',
    fix: 'Use fewer *, or a prefix or suffix.',
  },
  E2009: {
    title: 'this is no range of addresses',
    why: 'cidr takes an IPv4 address with /0 to /31 or an IPv6 address with /0 to /127.',
    fix: 'For one address write it as a plain value, without cidr.',
  },
  E2010: {
    title: '$or takes a list of patterns',
    why: 'Each alternative of $or is an object of fields, there are at least two, and no field in it is named like an operator.',
    fix: 'Write {"$or": [{…}, {…}]}.',
  },
  E2011: {
    title: 'anything-but cannot take this',
    why: 'anything-but takes texts or numbers, not both, or one of prefix, suffix, wildcard and equals-ignore-case with texts.',
    fix: 'Write null, true and false as plain values beside it.',
  },
  E2012: {
    title: 'the pattern is too large',
    why: 'EventBridge takes up to 4,096 characters, and fewer than 1,000 combinations of $or.',
    fix: 'Split it into several rules.',
  },
  W2101: {
    title: 'the pattern is long',
    why: 'EventBridge takes 2,048 characters unless a higher quota was granted.',
    fix: 'Shorten it, for example by prefixes, or ask for the quota "Event pattern size".',
  },
  W2102: {
    title: 'this field stands here twice',
    why: 'Of two fields with the same path only the later one counts; EventBridge says nothing about it.',
    fix: 'Put all alternatives into one list.',
  },
  W2103: {
    title: 'the event has no such field',
    why: 'Field names are compared letter by letter.',
    fix: 'Compare with an event of this type.',
  },
  W2104: {
    title: 'this rule can never match',
    why: 'What it asks for does not occur in events of this type.',
    fix: 'Compare with an event of this type.',
  },
  W2105: {
    title: 'this alternative can never match',
    why: 'It does not occur in events of this type; the others beside it do.',
    fix: 'Correct it, or take it out.',
  },
  W2106: {
    title: 'this says nothing',
    why: 'The values of a list are alternatives: beside anything-but or {"exists": true} the others do not narrow it.',
    fix: 'Leave the one that was meant.',
  },
  W2107: {
    title: 'this may be too complex',
    why: 'EventBridge weighs the wildcards of a field together, by a measure that it does not publish.',
    fix: 'Use prefix or suffix where that does.',
  },
  W2108: {
    title: 'these conditions get in each other’s way',
    why: 'Where a field compares addresses, EventBridge no longer sees them as text; where it compares numbers, it knows no addresses.',
    fix: 'Ask for one of them by a second rule.',
  },
} as const satisfies Record<string, { title: string; why: string; fix: string }>

export type PatternCode = keyof typeof patternCodes
