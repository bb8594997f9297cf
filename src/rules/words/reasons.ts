import type { LeaveReason } from '../gatherings/leaves.ts'

/** The words by which people give their reason for leave. */
export const reasonWords: Readonly<Record<LeaveReason, string>> = {
  sick: '病假|病了|生病|发烧|感冒|住院|看病|身体不舒服|不舒服|身体不适|体检|去医院|做检查|打针|拔牙|看医生|做手术|sick|surgery|dentist|doctor|ill|unwell',
  work: '加班|值班|工作冲突|工作忙|工作上有事|工作|公务|太忙|很忙|忙|上班|有课|监考|work|on duty|busy|working|on shift|work clash',
  travel:
    '出差|外出|在外地|外地|去外地|旅行|出国|在路上|business trip|on a business trip|travelling|traveling|out of town|away|on a trip|abroad|on the road',
  study: '培训|学习|考试|上课|training|exam|class|course|a course',
  family: '家里有事|家里有点事|家中有事|家事|家里|带孩子|送孩子|接孩子|照顾孩子|孩子生病|照顾老人|陪护|family|my child|kid|kids',
  other: '有事|临时有事|有点事|事假|私事|有急事|something came up|personal|personal reasons|something else|another appointment',
}
