import { expect, test } from 'vitest'
import { Misconfigured, readConfig } from '../src/config.ts'

const good = {
  LARK_APP_ID: 'cli_a1b2c3d4e5f60708',
  LARK_APP_SECRET: 'app-secret-canary',
  LARK_ENCRYPT_KEY: 'encrypt-canary',
  LARK_VERIFICATION_TOKEN: 'token-canary',
  DATA_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64'),
}

test('what must be said is enough; the rest has its usual value', () => {
  expect(readConfig(good)).toMatchObject({
    LARK_DOMAIN: 'feishu',
    LARK_RECEIVE: 'webhook',
    DATABASE_URL: 'file:var/zhibu.db',
    ADMINS: [],
    PORT: 8787,
    LARK_ENCRYPT_KEY: ['encrypt-canary'],
  })
})

test('two keys and tokens may be in force at once', () => {
  const config = readConfig({ ...good, LARK_ENCRYPT_KEY: 'new, old', LARK_VERIFICATION_TOKEN: 'a,b', ADMINS: ' ou_1 , ou_2 ' })
  expect(readConfig({ ...good, DATA_KEY: `${good.DATA_KEY}, ${good.DATA_KEY}` }).DATA_KEY).toHaveLength(2)
  expect(config).toMatchObject({ LARK_ENCRYPT_KEY: ['new', 'old'], LARK_VERIFICATION_TOKEN: ['a', 'b'], ADMINS: ['ou_1', 'ou_2'] })
})

test('without a webhook neither key nor token is asked for', () => {
  const { LARK_ENCRYPT_KEY: _key, LARK_VERIFICATION_TOKEN: _token, ...rest } = good
  expect(readConfig({ ...rest, LARK_RECEIVE: 'socket' })).toMatchObject({ LARK_ENCRYPT_KEY: [], LARK_VERIFICATION_TOKEN: [] })
})

test.each([
  ['LARK_APP_ID', undefined, 'is missing'],
  ['LARK_APP_ID', '', 'is missing'],
  ['LARK_APP_ID', '   ', 'is missing'],
  ['LARK_APP_ID', 'cli_xxxxxxxx', 'is a sample value'],
  ['LARK_APP_SECRET', 'your-app-secret', 'is a sample value'],
  ['LARK_APP_SECRET', undefined, 'is missing'],
  ['LARK_ENCRYPT_KEY', undefined, 'is missing'],
  ['LARK_ENCRYPT_KEY', 'changeme', 'is a sample value'],
  ['LARK_VERIFICATION_TOKEN', ',', 'is missing'],
  ['LARK_DOMAIN', 'wechat', 'must be feishu, lark or a base URL'],
  ['LARK_RECEIVE', 'pigeon', 'must be webhook or socket'],
  ['DATABASE_URL', 'mysql://canary', 'must be file:…'],
  ['DATA_KEY', undefined, 'is missing'],
  ['DATA_KEY', 'short-canary', 'must be 32 bytes in base64'],
  ['DATA_KEY', `${'A'.repeat(43)}=`, 'is a sample value'],
  ['DATA_KEY', `${good.DATA_KEY},canary`, 'must be 32 bytes in base64'],
  ['DATA_KEY', `${good.DATA_KEY},${good.DATA_KEY},${good.DATA_KEY}`, 'must be one key, or two'],
  ['HEALTH_NEEDS_SOCKET', 'canary', 'must be yes or no'],
  ['ADMINS', 'lihua-canary', 'must be open_ids'],
  ['PORT', 'door', 'must be a port number'],
  ['PORT', '0', ''],
  ['PORT', '70000', ''],
  ['PUBLIC_URL', 'canary', 'must be an http(s) address'],
])('%s=%s is refused by name, without its value', (name, value, why) => {
  const reading = () => readConfig({ ...good, [name]: value })
  expect(reading).toThrow(Misconfigured)
  expect(reading).toThrow(`${name} ${why}`)
  expect(reading).not.toThrow(/canary/)
})

test('everything that is wrong is named in one go', () => {
  expect(() => readConfig({ PORT: 'x' })).toThrow(
    /LARK_APP_ID is missing; LARK_APP_SECRET is missing; DATA_KEY is missing; PORT must be a port number/,
  )
})
