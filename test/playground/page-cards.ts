import { button, card, folded, lines, note, row } from '../../src/card.ts'
import { form, input, pickDateTime, select, selectSeveral } from '../../src/form.ts'
import { t } from '../../src/text.ts'

export const meeting = card(
  t('支委会', 'Committee meeting'),
  [
    lines(t('**时间**  10月8日 15:00', '**When**  8 Oct, 15:00'), t('**召集**  <at id=ou_li></at>', '**Called by**  <at id=ou_li></at>')),
    button(t('签到', 'Check in'), { press: 'checkin' }, { type: 'primary_filled', wide: true }),
    note(t('会前 30 分钟开始签到', 'Opens 30 minutes before')),
  ],
  { subtitle: t('第一支部', 'Branch One'), tag: { text: t('进行中', 'Under way'), colour: 'green' } },
)

export const call = card(t('召集会议', 'Call a meeting'), [
  form(
    'call',
    [
      select('kind', t('会议类型', 'Kind'), [{ label: t('支委会', 'Committee'), value: 'committee' }], { required: true }),
      pickDateTime('when', t('时间', 'When'), { chosen: '2026-10-09 15:00' }),
      input('place', t('地点', 'Where'), { value: '三楼' }),
      selectSeveral('who', t('参加人', 'Who'), [
        { label: t('支委', 'Committee'), value: 'committee' },
        { label: t('党员', 'Members'), value: 'members' },
      ]),
    ],
    { label: t('召集', 'Call it'), value: { press: 'call' } },
  ),
])

export const many = card(t('样样都有', 'All sorts'), [
  lines(
    t(
      "**粗** <font color='grey'>灰</font> <font color='red'>红</font> <text_tag color='orange'>签</text_tag> [链接](https://example.com/)",
      '**b** [l](https://example.com/)',
    ),
  ),
  row(
    button(t('主要', 'Main'), { press: 'a' }, { type: 'primary_filled' }),
    button(t('危险', 'Danger'), { press: 'b' }, { type: 'danger' }),
    button(t('普通', 'Plain'), { press: 'c' }),
  ),
  folded(t('展开', 'Unfold'), [note(t('里面', 'Inside'))]),
])

const sure = { title: t('结束会议？', 'Close it?'), text: t('结束后不能再签到。', 'No check-in after that.') }
export const asksFirst = card(t('会议', 'Meeting'), [button(t('结束', 'Close'), { press: 'close' }, { confirm: sure })])
