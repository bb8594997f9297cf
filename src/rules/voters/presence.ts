import { type Text, t } from '../../text.ts'

/** Added to a sentence on too few voters, where a press from far away is attendance alone. */
export const inRoomSaid: Text = t(
  '只算输了现场码的，和主持人标记、监票人核对过的。',
  ' Counted are those who entered the room code, and those marked by the host and confirmed by a scrutineer.',
)
