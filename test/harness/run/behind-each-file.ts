import { afterAll } from 'vitest'
import { forgetStores } from '../database.ts'

afterAll(forgetStores)
