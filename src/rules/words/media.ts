import { type Text, t } from '../../text.ts'

const anything = t('这种消息我读不了，请打字说。', 'This kind of message is not read here; please type it.')

const media: Readonly<Record<string, Text>> = {
  audio: t(
    '语音我听不了，请打字说，例如「签到」「请假」。',
    'Voice messages are not heard here; please type, for example “checkin” or “leave”.',
  ),
  image: t(
    '图片我看不了。支部名单请发表格（.xlsx 或 .csv），说「名单」可以拿到模板；别的请打字说。',
    'Pictures are not read here. Send a roster as a spreadsheet (.xlsx or .csv; “roster” gives a template), and type anything else.',
  ),
  media: t('视频我看不了，请打字说要办什么。', 'Videos are not watched here; please type what is to be done.'),
  sticker: t('收到。要办什么请打字说，说「帮助」看看我能做什么。', 'Thanks. Type what is to be done; “help” shows what I can do.'),
  location: t(
    '位置不能用来签到。请按会议卡片上的「签到」，或者输入现场的号码。',
    'A location does not check you in. Press “Check in” on the meeting’s card, or enter the code in the room.',
  ),
  folder: t('文件夹我打不开，名单请发一个 .xlsx 文件。', 'Folders are not opened here; please send a roster as one .xlsx file.'),
  merge_forward: t('转发的聊天记录我读不了，请把要办的事打字说。', 'Forwarded chats are not read here; please type what is to be done.'),
  share_user: t(
    '名片我不读。加人请在群里说「/成员 添加 @某人」。',
    'Contact cards are not read here. To add somebody say “/member add @someone” in the group.',
  ),
  share_chat: t(
    '群名片我不读。请把我拉进群，在群里说「/绑定 支部名称」。',
    'Shared chats are not read here. Add me to the group and say “/bind branch name” there.',
  ),
}

/** One line for a message without words. Null for text, which may have been recalled. */
export const mediaSaid = (messageType: string): Text | null =>
  /^(?:text|post)$/.test(messageType) ? null : Object.hasOwn(media, messageType) ? (media[messageType] ?? anything) : anything
