import { type Context, Hono } from 'hono'
import { fail } from './failure.ts'
import { LARGEST_UPLOAD, types } from './files.ts'
import type { World } from './world.ts'

/** The bot uploads files as a form; every other call is JSON. */
export const isForm = (c: Context): boolean => (c.req.header('content-type') ?? '').startsWith('multipart/form-data')
async function upload(world: World, c: Context) {
  const form = isForm(c) ? await c.req.formData() : fail(234001, 'Invalid request param.')
  const [type, name, file] = ['file_type', 'file_name', 'file'].map((field) => form.get(field))
  if (!types.has(type) || typeof name !== 'string' || name === '') fail(234001, 'Invalid request param.')
  if (!file || typeof file === 'string') return fail(234001, 'Invalid request param.')
  if (file.size === 0) fail(234010, "The file's size can't be 0.")
  if (file.size > LARGEST_UPLOAD) fail(234006, 'The file size exceed the max value.')
  return { file_key: world.files.add(name, new Uint8Array(await file.arrayBuffer()), 'app').key }
}

/** Returns the bare bytes of a file, by its key and only for the message that brought it. */
function download(world: World, messageId: string, key: string, type: string | undefined): Response {
  if (type !== 'file' && type !== 'image') fail(234001, 'Invalid request param.')
  const message = world.messages.find(messageId)
  if (!message || message.deleted) fail(234003, 'File not in msg.')
  const { file_key } = message.content as { file_key?: string }
  const file = world.files.find(key)
  if (!file || file_key !== key) return fail(234003, 'File not in msg.')
  if (!world.chats.get(message.chatId).hasBot) fail(234009, 'Bot is not in the chat.')
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
  }
  return new Response(Uint8Array.from(file.bytes), { headers })
}

export function filesApi(world: World): Hono {
  const api = new Hono()
  api.post('/im/v1/files', async (c) => c.json({ code: 0, msg: 'success', data: await upload(world, c) }))
  api.get('/im/v1/messages/:id/resources/:key', (c) => download(world, c.req.param('id'), c.req.param('key'), c.req.query('type')))
  return api
}
