import type { AnswerKind } from '../types';

/** What kind of answer a relation has and how it is asked for; `{y}` is the second entity. */
export interface Form {
  kind: AnswerKind;
  direct: string[];
  tails: string[];
}

/** The wordings of every second step, by relation. */
export const FORMS: Record<string, Form> = {
  born: {
    kind: 'number',
    direct: ['In what year was {y} born?', 'When was {y} born?', 'What is the birth year of {y}?'],
    tails: ['who was born in what year?', 'born in which year?'],
  },
  died: {
    kind: 'number',
    direct: [
      'In which year did {y} die?',
      'When did {y} die?',
      'What was the year of death of {y}?',
    ],
    tails: ['who died in what year?', 'who lived until which year?'],
  },
  birthplace: {
    kind: 'place',
    direct: [
      'Where was {y} born?',
      'What is the birthplace of {y}?',
      'In which place was {y} born?',
    ],
    tails: ['who was born in which place?', 'who was born where?'],
  },
  deathplace: {
    kind: 'place',
    direct: [
      'Where did {y} die?',
      'In which place did {y} die?',
      'What was the place of death of {y}?',
    ],
    tails: ['who died in which place?', 'who died where?'],
  },
  study: {
    kind: 'other',
    direct: [
      'At which university did {y} study?',
      'Which university educated {y}?',
      'Where did {y} go to university?',
    ],
    tails: ['who studied at which university?', 'educated at which university?'],
  },
  mentor: {
    kind: 'person',
    direct: [
      'Who was the mentor of {y}?',
      'Who was a mentor to {y}?',
      'What is the name of the mentor of {y}?',
    ],
    tails: ['who had whom as a mentor?', 'whose mentor was who?'],
  },
  spouse: {
    kind: 'person',
    direct: ['To whom was {y} married?', 'Who was the spouse of {y}?', 'Whom did {y} marry?'],
    tails: ['who was married to whom?', 'who married whom?'],
  },
  place: {
    kind: 'place',
    direct: [
      'In which city is {y}?',
      'What city is home to {y}?',
      'In what city can one visit {y}?',
    ],
    tails: ['that is found in which city?', 'located in what city?'],
  },
  founded: {
    kind: 'number',
    direct: [
      'In what year was {y} founded?',
      'When was {y} founded?',
      'What is the founding year of {y}?',
    ],
    tails: ['that was founded in what year?', 'founded in which year?'],
  },
  opened: {
    kind: 'number',
    direct: ['In what year was {y} opened?', 'When was {y} opened?', 'In which year did {y} open?'],
    tails: ['that was opened in what year?', 'opened in which year?'],
  },
  architect: {
    kind: 'person',
    direct: [
      'Who designed the building of {y}?',
      'Which architect designed the building of {y}?',
      'Who was the architect of the building of {y}?',
    ],
    tails: [
      'whose building was designed by whom?',
      'whose building is the work of which architect?',
    ],
  },
  founder: {
    kind: 'person',
    direct: ['Who founded {y}?', 'Who was the founder of {y}?', 'By whom was {y} founded?'],
    tails: ['that was founded by whom?', 'whose founder was who?'],
  },
  country: {
    kind: 'place',
    direct: [
      'In which country is {y}?',
      'Which country is home to {y}?',
      'Name the country of {y}.',
    ],
    tails: ['that lies in which country?', 'in what country?'],
  },
  river: {
    kind: 'place',
    direct: [
      'Which river flows through {y}?',
      'On which river is {y}?',
      'What is the name of the river that runs through {y}?',
    ],
    tails: ['that lies on which river?', 'on the banks of which river?'],
  },
  capital: {
    kind: 'place',
    direct: [
      'What is the capital of {y}?',
      'Which city is the capital of {y}?',
      'Name the capital of {y}.',
    ],
    tails: ['whose capital is which city?', 'with what capital?'],
  },
  currency: {
    kind: 'other',
    direct: [
      'What is the currency of {y}?',
      'Which currency is used in {y}?',
      'In what currency does one pay in {y}?',
    ],
    tails: ['that uses which currency?', 'whose currency is what?'],
  },
  language: {
    kind: 'other',
    direct: [
      'What is the official language of {y}?',
      'Which language is official in {y}?',
      'Name the official language of {y}.',
    ],
    tails: ['whose official language is what?', 'with which official language?'],
  },
  president: {
    kind: 'person',
    direct: [
      'Who was the first president of {y}?',
      'Who became the first president of {y}?',
      'Name the first president of {y}.',
    ],
    tails: ['whose first president was who?', 'whose first president was called what?'],
  },
  highest: {
    kind: 'place',
    direct: [
      'What is the highest mountain of {y}?',
      'Which mountain is the highest in {y}?',
      'Name the highest mountain in {y}.',
    ],
    tails: ['whose highest mountain is what?', 'with which highest mountain?'],
  },
  mouth: {
    kind: 'place',
    direct: [
      'What is the body of water at the mouth of {y}?',
      'Which body of water receives {y}?',
      'Which body of water lies at the end of the course of {y}?',
    ],
    tails: ['that flows into which body of water?', 'that ends in which body of water?'],
  },
  source: {
    kind: 'place',
    direct: [
      'Where is the source of {y}?',
      'In which place or region is the source of {y}?',
      'Name the place or region that holds the source of {y}.',
    ],
    tails: ['that rises where?', 'whose source is where?'],
  },
  author: {
    kind: 'person',
    direct: ['Who wrote {y}?', 'Who is the author of {y}?', 'By whom was {y} written?'],
    tails: ['that was written by whom?', 'by which author?'],
  },
  published: {
    kind: 'number',
    direct: [
      'In what year was {y} published?',
      'When was {y} published?',
      'What is the year of publication of {y}?',
    ],
    tails: ['that was published in what year?', 'published in which year?'],
  },
  discoverer: {
    kind: 'person',
    direct: [
      'Who discovered {y}?',
      'Which astronomer discovered {y}?',
      'By whom was {y} discovered?',
    ],
    tails: [],
  },
  largest: {
    kind: 'other',
    direct: [
      'What is the largest moon of {y}?',
      'Which moon of {y} is the largest?',
      'Name the largest moon of {y}.',
    ],
    tails: [],
  },
  position: {
    kind: 'other',
    direct: [
      'Counting from the Sun, which planet in order is {y}?',
      'By position from the Sun, which planet is {y}?',
      'Which position in the order of the planets from the Sun belongs to {y}?',
    ],
    tails: [],
  },
  symbol: {
    kind: 'other',
    direct: [
      'What is the chemical symbol of {y}?',
      'Which symbol stands for {y}?',
      'By what symbol is {y} known in chemistry?',
    ],
    tails: ['that has which symbol?', 'whose chemical symbol is what?'],
  },
  number: {
    kind: 'number',
    direct: [
      'What is the atomic number of {y}?',
      'Which atomic number does {y} have?',
      'At which number in the periodic table stands {y}?',
    ],
    tails: ['that has which atomic number?', 'whose atomic number is what?'],
  },
  height: {
    kind: 'number',
    direct: [
      'How many metres high is {y}?',
      'What is the height in metres of {y}?',
      'To how many metres does {y} rise?',
    ],
    tails: [],
  },
  range: {
    kind: 'place',
    direct: [
      'What is the name of the mountain range of {y}?',
      'Which mountain range includes {y}?',
      'Name the mountain range that includes {y}.',
    ],
    tails: [],
  },
};
