/**
 * What can be wrong with a pattern. EventBridge rejects a pattern with an E code; it accepts one with a W code, which
 * probably does not do what was intended.
 */
export const patternCodes = {
  E2001: {
    title: 'the pattern is not valid JSON',
    why: 'EventBridge takes a pattern as JSON text, without comments or trailing commas.',
    fix: 'Correct the text at this place.',
  },
  E2002: {
    title: 'a pattern must be an object',
    why: 'A pattern names fields as the event does: {"source": ["aws.guardduty"]}.',
    fix: 'Put the fields into { }.',
  },
  E2003: {
    title: 'an object or a list is empty',
    why: 'EventBridge rejects empty objects and empty lists, which would match nothing.',
    fix: 'Remove it. To match any value, write {"exists": true}; to match a missing field, {"exists": false}.',
  },
  E2004: {
    title: 'values must be in a list',
    why: 'Every field of a pattern is either an object of fields or a list of alternatives, even for a single value.',
    fix: 'Put [ ] around the value.',
  },
  E2005: {
    title: 'the operator does not exist',
    why: 'The operators are prefix, suffix, wildcard, equals-ignore-case, anything-but, numeric, cidr and exists, in lower case.',
    fix: 'Use one of these, one in each { }.',
  },
  E2006: {
    title: 'the operator does not accept this operand',
    why: 'Each operator accepts one kind of operand: most a string, numeric a list, exists true or false.',
    fix: 'See the EventBridge User Guide, "Comparison operators".',
  },
  E2007: {
    title: 'the numeric range is not valid',
    why: 'numeric takes one comparison, or a lower bound followed by a higher upper bound: [">=", 4, "<", 7].',
    fix: 'Write the lower bound first.',
  },
  E2008: {
    title: 'the wildcard is not valid',
    why: 'Consecutive * are not allowed, \\ may only precede * or \\, and EventBridge rejects wildcards that are too complex.',
    fix: 'Use fewer *, or a prefix or suffix.',
  },
  E2009: {
    title: 'the address range is not valid',
    why: 'cidr takes an IPv4 address with /0 to /31 or an IPv6 address with /0 to /127.',
    fix: 'Write a single address as a plain value, without cidr.',
  },
  E2010: {
    title: '$or takes a list of patterns',
    why: '$or needs at least two alternatives, each an object of fields, and none of these fields may have the name of an operator.',
    fix: 'Write {"$or": [{…}, {…}]}.',
  },
  E2011: {
    title: 'anything-but does not accept this operand',
    why: 'anything-but takes strings or numbers, but not both, or one of prefix, suffix, wildcard and equals-ignore-case with strings.',
    fix: 'Write null, true and false as plain values beside it.',
  },
  E2012: {
    title: 'the pattern is too large',
    why: 'EventBridge accepts up to 4,096 characters and fewer than 1,000 combinations of $or.',
    fix: 'Split it into several rules.',
  },
  W2101: {
    title: 'the pattern is long',
    why: 'EventBridge accepts 2,048 characters unless a higher quota is granted.',
    fix: 'Shorten it, for example with prefixes, or request an increase of the quota "Event pattern size".',
  },
  W2102: {
    title: 'the field occurs twice',
    why: 'If two fields have the same path, EventBridge uses the later one only, without a warning.',
    fix: 'Put all alternatives into one list.',
  },
  W2103: {
    title: 'the event has no such field',
    why: 'Field names are case-sensitive and must match exactly.',
    fix: 'Compare with an event of this type.',
  },
  W2104: {
    title: 'the rule can never match',
    why: 'Events of this type never have such a value.',
    fix: 'Compare with an event of this type.',
  },
  W2105: {
    title: 'the alternative can never match',
    why: 'Events of this type never have such a value; the other alternatives can match.',
    fix: 'Correct it or remove it.',
  },
  W2106: {
    title: 'the alternative has no effect',
    why: 'The values of a list are alternatives: beside anything-but or {"exists": true}, the others do not restrict it.',
    fix: 'Keep the one that was intended.',
  },
  W2107: {
    title: 'the wildcards may be too complex',
    why: 'EventBridge limits the complexity of all wildcards of a field together, by a measure that is not published.',
    fix: 'Use prefix or suffix where possible.',
  },
  W2108: {
    title: 'the conditions conflict',
    why: 'In a field that compares addresses, EventBridge does not compare them as strings; in one that compares numbers, it does not recognize addresses.',
    fix: 'Move one of the conditions to a second rule.',
  },
} as const satisfies Record<string, { title: string; why: string; fix: string }>

export type PatternCode = keyof typeof patternCodes
