/** The field of the tellers' form that takes the votes for one nominee. It is all that a card needs of the tally sheet. */
export const votesField = (nth: number) => `votes_${nth}`
