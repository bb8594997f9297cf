import * as official from '@larksuiteoapi/node-sdk'
import { expect, test } from 'vitest'
import * as edge from '../../src/feishu/api/edge-sdk.ts'

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {}, trace: () => {} }

/** The requests on the line for every call of the bot. */
async function asked(sdk: typeof official): Promise<unknown[]> {
  const seen: Record<string, unknown>[] = []
  const request = async ({ headers, data, paramsSerializer: _none, ...rest }: Record<string, unknown>) => {
    const { Authorization } = headers as Record<string, string>
    // A body that is empty is sent with none of the methods that have none.
    seen.push({ ...rest, Authorization, data: rest.method === 'GET' ? undefined : data })
    return { code: 0 }
  }
  const httpInstance = { request } as unknown as official.HttpInstance
  const client = new sdk.Client({
    appId: 'cli_a',
    appSecret: 's',
    domain: 'https://d',
    httpInstance,
    disableTokenCache: true,
    logger: silent,
  })
  const held = sdk.withTenantToken('t-1')
  const message = { msg_type: 'interactive', content: '{}', uuid: 'u' }
  await client.auth.v3.tenantAccessToken.internal({ data: { app_id: 'a', app_secret: 'b' } })
  await client.im.v1.message.create({ params: { receive_id_type: 'chat_id' }, data: { receive_id: 'oc_1', ...message } }, held)
  await client.im.v1.message.reply({ path: { message_id: 'om_1' }, data: message }, held)
  await client.im.v1.message.patch({ path: { message_id: 'om_1' }, data: { content: '{}' } }, held)
  await client.im.v1.chatMembers.get({ path: { chat_id: 'oc_1' }, params: { member_id_type: 'open_id', page_size: 100 } }, held)
  await client.request({ method: 'GET', url: '/open-apis/bot/v3/info' }, held)
  return seen
}

test('at the edge every call is what the official client makes', async () => {
  const ours = await asked(edge as unknown as typeof official)
  expect(ours).toHaveLength(6)
  expect(ours).toEqual(await asked(official))
})
