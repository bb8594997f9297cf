import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

/** The duties and tasks of one person, by open_id; rendered when it is sent. */
export const digest = message('digest', z.object({ person: z.string() }))

/** An attestation that the assessor sent back. */
export const refused = message('refused', z.object({ attestation: id }))

/** An entry of date and reference, opened as evidence. */
export const attested = message('attested', z.object({ attestation: id }))
