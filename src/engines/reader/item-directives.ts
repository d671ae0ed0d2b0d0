/** Directives for naming the next item of a session. Data only: see `directives.ts`. */
import { DROP, LIMIT, type ReaderDirective } from './directive-row';

const ITEM = ['item', 'product', 'choice', 'candidate', 'option', 'one', 'thing'];
const PREFER = ['prefer~', 'take', 'choose', 'pick~', 'name', 'favour~', 'favor~', 'select~'];

export const itemDirectives: readonly ReaderDirective[] = [
  {
    id: 'wanted-next',
    tasks: ['item'],
    sentence: 'Prefer what the analysis says is wanted next.',
    effect: 'Words of the line "Next: …" count, those of what was seen do not.',
    cues: [PREFER, ['wanted', 'needed', 'goes with', 'go with', 'missing', 'expects', 'says next']],
    without: ['profile'],
  },
  {
    id: 'from-profile',
    tasks: ['item'],
    sentence: 'Choose only among the items of the profile.',
    effect: 'Choices that the profile does not name are left out.',
    cues: [['profile', 'shortlist'], LIMIT.concat('among', 'from', 'stay~', 'keep to')],
    without: ['first', 'top'],
  },
  {
    id: 'profile-first',
    tasks: ['item'],
    sentence: 'Trust the first item of the profile.',
    effect: 'The item that stands first in the profile gains much weight.',
    cues: [
      ['profile', 'shortlist'],
      ['first', 'top'],
    ],
  },
  {
    id: 'not-again',
    tasks: ['item'],
    sentence: 'Leave out items of a kind that was seen already.',
    effect: 'A choice whose last words stand among the things seen loses weight.',
    cues: [
      DROP.concat('repeat~', 'offer~', 'again', 'avoid~'),
      ['already', 'again', 'before', 'same kind'],
    ],
    negation: 'ignored',
  },
  {
    id: 'same-brand',
    tasks: ['item'],
    sentence: 'Prefer a brand that the analysis names.',
    effect: 'A choice by a brand of the analysis gains weight.',
    cues: [['brand', 'maker', 'manufacturer']],
  },
  {
    id: 'cheapest',
    tasks: ['item'],
    sentence: 'Prefer the cheapest item.',
    effect: 'The lower the price among the choices, the more weight.',
    group: 'item-price',
    cues: [['cheap~', 'lowest price', 'least expensive', 'inexpensive']],
    opposite: 'dearest',
  },
  {
    id: 'dearest',
    tasks: ['item'],
    sentence: 'Prefer the most expensive item.',
    effect: 'The higher the price among the choices, the more weight.',
    group: 'item-price',
    cues: [['most expensive', 'dearest', 'highest price', 'premium']],
    without: ['least'],
    opposite: 'cheapest',
  },
  {
    id: 'most-shared-item',
    tasks: ['item'],
    sentence: 'Prefer the item that shares the most words with the analysis.',
    effect: 'Shared words count twice.',
    cues: [
      ['share~', 'common', 'overlap~', 'similar~'],
      ['word', 'analysis'],
    ],
  },
  {
    id: 'new-item',
    tasks: ['item'],
    sentence: 'Prefer an item that is unlike anything in the analysis.',
    effect: 'Words of the analysis count against a choice.',
    cues: [['unlike', 'novel', 'unrelated', 'surprising', 'different']],
  },
  {
    id: 'letter-only',
    tasks: ['item'],
    sentence: 'Answer with the letter only.',
    effect: 'The letter of the choice and nothing else.',
    group: 'item-form',
    cues: [['letter'], LIMIT.concat('just', 'nothing', 'answer', 'give')],
  },
  {
    id: 'title-only',
    tasks: ['item'],
    sentence: 'Write the title of the item and nothing else.',
    effect: 'The title of the choice without a sentence around it.',
    group: 'item-form',
    cues: [
      ['title', 'name of the'],
      ['only', 'nothing else', 'just'],
    ],
  },
  {
    id: 'letter-and-title',
    tasks: ['item'],
    sentence: 'Write the letter before the title.',
    effect: 'The letter of the choice, then its title.',
    group: 'item-form',
    cues: [['letter'], ['before', 'and title', 'and the title', 'then']],
    without: ['only'],
  },
  {
    id: 'explain-item',
    tasks: ['item'],
    sentence: 'Explain why it is not another item.',
    effect: 'The second best choice is named and set aside after the answer.',
    cues: [['explain~', 'justif~', 'reason', 'reasoning', 'why', 'compar~']],
    negation: 'ignored',
  },
  {
    id: 'two-items',
    tasks: ['item'],
    sentence: 'Name the 2 best items.',
    effect: 'Two choices are named where one was asked for.',
    cues: [['2', 'two', 'several'], ITEM, PREFER.concat('list', 'write', 'give')],
    without: ['between'],
  },
];
