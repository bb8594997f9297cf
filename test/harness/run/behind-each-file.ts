import { afterAll } from 'vitest'
import { learn } from '../../../src/rules/time/holidays.ts'
import { forgetStores } from '../database.ts'

afterAll(forgetStores)
// Files share a process: the holidays that one file published are unknown to the next.
afterAll(() => learn([]))
