/** Words of tasks, papers and duty areas: what remains when the meeting is over. */
export const workSubjects = {
  assign:
    '派任务|派个任务|派一项任务|派一个任务|布置任务|布置一项任务|布置个任务|分配任务|分派任务|指派任务|交办任务|交办事项|交办|安排一项任务|任务派给|任务交给|任务清单|任务台账|任务落实|任务落实情况|决定落实|决定的落实|决定落实情况|会上定的事|会上定的任务|会上派的任务|交给我的任务|派给我的任务|assign a task|assign tasks|assign|assigned|assigned to me|assignment|assignments|hand out a task|hand out tasks|give out tasks|delegate a task|delegate|task list|list of tasks',
  studying: '学习强国|学习记录|学习计划|学习资料|课件|study record|study plan|study material|study materials',
  archive: '台账|归档|档案|存档|留痕|archive|archives|records binder|paper trail',
} as const
