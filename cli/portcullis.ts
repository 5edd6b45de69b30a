#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Stripping types and compiling is most of a start: the second one has it in a cache. Before the program is loaded.
enableCompileCache()
const { main } = await import('./main.ts')

process.exitCode = await main(process.argv.slice(2))
