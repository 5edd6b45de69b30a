import { readdirSync } from 'node:fs'

/**
 * The playbooks by their names, without loading them and a client for every service: each has a file in playbooks/ and
 * a function of the same name.
 */
export function playbookNames(): string[] {
  const [playbooks, functions] = ['playbooks', 'functions'].map((room) =>
    readdirSync(new URL(`../../${room}`, import.meta.url)),
  )
  return (playbooks ?? [])
    .filter((file) => functions?.includes(file))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort()
}
