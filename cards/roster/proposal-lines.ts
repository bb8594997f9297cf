import { stages } from '../../db/branches/tables.ts'
import type { Proposal } from '../../db/roster/proposals.ts'
import { button, type Element, lines, row, strong } from '../../src/card.ts'
import { form, select } from '../../src/form.ts'
import { stageNames } from '../../src/rules/roster/names.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'
import { addJoiner, decideProposal } from './buttons.ts'

export function proposalLines(it: Proposal): Element[] {
  const who = strong(nameOf(it))
  const chat =
    it.groupName === null
      ? t('群', 'the chat')
      : both((l) => (l === 'zh' ? `「${asWritten(it.groupName ?? '').zh}」的群` : `the chat of “${asWritten(it.groupName ?? '').en}”`))
  if (it.what === 'left')
    return [
      lines(both((l) => (l === 'zh' ? `${who.zh} 离开了${chat.zh}，还在名单上。` : `${who.en} has left ${chat.en} and is on the roster.`))),
      row(
        button(t('移出名单', 'Remove'), decideProposal.value({ proposal: it.id, decision: 'removed' }), {
          confirm: {
            title: t('移出名单？', 'Remove from the roster?'),
            text: t('在本支部的职务随之免去；参加过的会议仍保留。', 'Seats in the branch end with it; meetings attended stay on record.'),
          },
        }),
        button(t('外出', 'Away'), decideProposal.value({ proposal: it.id, decision: 'away' })),
        button(t('保留', 'Keep'), decideProposal.value({ proposal: it.id, decision: 'kept' })),
      ),
    ]
  if (it.home)
    return [
      lines(
        both((l) =>
          l === 'zh'
            ? `${who.zh} 进了${chat.zh}，但在别的支部的名单上；转过来要由两边书记办。`
            : `${who.en} has joined ${chat.en} but is on another branch’s roster; a transfer is for the two secretaries.`,
        ),
      ),
      button(t('知道了', 'Noted'), decideProposal.value({ proposal: it.id, decision: 'ignored' })),
    ]
  return [
    lines(
      both((l) => (l === 'zh' ? `${who.zh} 进了${chat.zh}，不在名单上。` : `${who.en} has joined ${chat.en} and is not on the roster.`)),
    ),
    ...(canConnect(it)
      ? [
          button(
            t('就是名单上同名的那位', 'The one of that name on the roster'),
            decideProposal.value({ proposal: it.id, decision: 'connected' }),
            { type: 'primary' },
          ),
        ]
      : []),
    form(
      `join_${it.id}`,
      [
        select(
          `stage_${it.id}`,
          t('阶段', 'Stage'),
          [...stages].reverse().map((stage) => ({ label: stageNames[stage], value: stage })),
          { required: true },
        ),
      ],
      { label: t('加入名单', 'Add'), value: addJoiner.value({ proposal: it.id }) },
    ),
    button(t('不加', 'Ignore'), decideProposal.value({ proposal: it.id, decision: 'ignored' })),
  ]
}

const nameOf = ({ name }: Proposal): Text => (name ? asWritten(name) : t('未显示姓名的用户', 'A user whose name is not shown'))

export const canConnect = ({ namesake, member }: Proposal) => namesake !== null && member === null
