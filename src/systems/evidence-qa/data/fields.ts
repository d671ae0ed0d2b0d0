/**
 * What the invented studies are about: four fields of everyday life. The words are ordinary, the
 * studies and their figures are not: none of them was ever made.
 */
import type { Field, Measure, Outcome } from './types';

const list = (text: string): string[] => text.split(',').map((part) => part.trim());

const measures = (plural: string, single: string): Measure[] => [
  ...list(plural).map((name) => ({ name, plural: true })),
  ...list(single).map((name) => ({ name, plural: false })),
];

const outcome = (
  name: string,
  unit: string,
  hoped: Outcome['hoped'],
  low: number,
  high: number,
): Outcome => ({ name, unit, hoped, low, high });

export const FIELDS: readonly Field[] = [
  {
    measures: measures(
      'standing desks, walking breaks, quiet rooms, daylight lamps, rubber floor mats, shift swaps, desk plants, stretching sessions, noise screens',
      'a four-day week, a shared lunch, a nap room, a mentoring scheme, soft background music, a later first meeting, job rotation, a step contest',
    ),
    outcomes: [
      outcome('back pain', 'days a month', 'down', 4, 9),
      outcome('sick leave', 'days a year', 'down', 6, 14),
      outcome('the error rate', 'errors a week', 'down', 3, 12),
      outcome('alertness', 'points', 'up', 40, 60),
      outcome('sleep duration', 'hours a night', 'up', 5, 7),
      outcome('job satisfaction', 'points', 'up', 50, 70),
    ],
    groups: list('office workers, warehouse staff, bus drivers, hotel staff, call-centre staff'),
  },
  {
    measures: measures(
      'outdoor lessons, weekly quizzes, music lessons, picture books, class pets, spelling games, study diaries, paper maps, morning stretches',
      'peer tutoring, reading aloud, a later start of school, chess practice, shorter homework, a quiet corner, juggling practice, group work',
    ),
    outcomes: [
      outcome('reading speed', 'words a minute', 'up', 70, 110),
      outcome('the spelling error rate', 'errors a page', 'down', 4, 12),
      outcome('lateness', 'minutes a week', 'down', 8, 25),
      outcome('the mathematics score', 'points', 'up', 45, 70),
      outcome('test anxiety', 'points', 'down', 20, 45),
      outcome('attention span', 'minutes', 'up', 9, 22),
    ],
    groups: list('first-year pupils, evening students, village schools, trainee cooks, teenagers'),
  },
  {
    measures: measures(
      'balance classes, reminder calls, pedometers, garden groups, tablet games, chair exercises, evening walks, card games, bright door signs',
      'group singing, tai chi, a pen-pal scheme, folk dancing, a daily newspaper, a visiting dog, handwork, bench training',
    ),
    outcomes: [
      outcome('the fall rate', 'falls a year', 'down', 1, 4),
      outcome('loneliness', 'points', 'down', 20, 45),
      outcome('walking speed', 'metres a minute', 'up', 40, 65),
      outcome('night waking', 'times a night', 'down', 2, 6),
      outcome('the memory score', 'points', 'up', 15, 26),
      outcome('the daily step count', 'hundred steps', 'up', 30, 60),
    ],
    groups: list('retired teachers, club members, hospital volunteers, hikers, allotment holders'),
  },
  {
    measures: measures(
      'marigold borders, wood chips, clay pots, rain barrels, nest boxes, coffee grounds, raised beds, flower strips, copper bands',
      'straw mulch, drip irrigation, compost tea, shade cloth, crop rotation, green manure, seaweed meal, late mowing',
    ),
    outcomes: [
      outcome('weed growth', 'grams a plot', 'down', 40, 120),
      outcome('fruit yield', 'kilograms a bed', 'up', 8, 20),
      outcome('leaf damage', 'leaves a plant', 'down', 5, 16),
      outcome('water use', 'litres a week', 'down', 30, 90),
      outcome('bee activity', 'visits an hour', 'up', 10, 30),
      outcome('soil moisture', 'points', 'up', 15, 35),
    ],
    groups: list('tomato beds, school gardens, apple orchards, city plots, bean fields'),
  },
];
