import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A busy machine is waited for. */
export const WAIT_MS = 120_000

/** Page tests need a browser and are skipped without one; server tests run anywhere. */
export const hasBrowser = existsSync(executablePath)

let launched: Promise<Browser> | undefined

/** One browser for all files of a worker, launched for its first page; it ends with the worker's process. */
export function sharedBrowser(): Promise<Browser> {
  if (!hasBrowser) throw new Error('there is no browser here')
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
  launched ??= chromium.launch({ executablePath, args, timeout: WAIT_MS })
  return launched
}
