import { BadEvent } from './errors.ts'

interface Read {
  path: string
  value: unknown
}

/**
 * Runs a rule's function over an event and remembers what it read, so that a missing or odd field is
 * reported by its path and not as "cannot read properties of undefined".
 * Throws `BadEvent` when the function fails; `where` finds the path of a value it returned.
 */
export function trace<E extends object, R>(
  event: E,
  run: (event: E) => R,
): { result: R; where(value: unknown): string } {
  const reads: Read[] = []
  const last = () => reads.at(-1)
  const where = (value: unknown) =>
    reads.findLast((read) => read.value === value)?.path ?? last()?.path ?? 'event'
  try {
    return { result: run(watch(event, '', reads)), where }
  } catch (cause) {
    if (cause instanceof BadEvent) throw cause
    throw new BadEvent(
      { path: last()?.path ?? 'event', found: last()?.value, problem: 'is not what the rule expects' },
      { cause },
    )
  }
}

function watch<T extends object>(value: T, path: string, reads: Read[]): T {
  return new Proxy(value, {
    get(object, key, receiver) {
      const found: unknown = Reflect.get(object, key, receiver)
      // Methods and symbols of arrays are how one reads, not what is read.
      if (typeof key === 'symbol' || typeof found === 'function') return found
      if (Array.isArray(object) && key === 'length') return found
      const here = Array.isArray(object) ? `${path}[${key}]` : path ? `${path}.${key}` : key
      reads.push({ path: here, value: found })
      return typeof found === 'object' && found !== null ? watch(found, here, reads) : found
    },
  })
}
