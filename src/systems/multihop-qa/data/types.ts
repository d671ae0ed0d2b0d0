/** Shapes of the hand-written fact tables and of the two files that the build makes from them. */

/** A person; `city` names a city of the tables or, where `country` is given, a smaller place. */
export interface Person {
  name: string;
  sex: 'f' | 'm';
  born?: number;
  died?: number;
  city: string;
  country?: string;
  /** The birthplace belongs to `country` only today. */
  now?: boolean;
  nat: string;
  role: string;
  diedIn?: string;
  study?: string;
  mentor?: string;
  spouse?: string;
  /** Works without a passage of their own. */
  works?: string[];
  known?: string;
  note?: string;
}

/** A book, picture, film or piece of music with a passage of its own. */
export interface Work {
  title: string;
  kind: string;
  by: string;
  year?: number;
  about?: string;
  setting?: string;
  premiere?: string;
  held?: string;
  /** Title of the work that this one is based on. */
  after?: string;
  note?: string;
}

/** A city. */
export interface City {
  name: string;
  country: string;
  river?: string;
  founder?: string;
  sights: string[];
  note?: string;
}

/** A country. */
export interface Country {
  name: string;
  the?: boolean;
  capital?: string;
  currency: string;
  language?: string;
  highest?: string;
  president?: string;
  continent?: string;
  fact: string;
}

/** A river; `mouth` is the sea, lake or river that it flows into. */
export interface River {
  name: string;
  source?: string;
  mouth?: string;
  km: number;
}

/** The highest mountain of a country. */
export interface Mountain {
  name: string;
  the?: boolean;
  country: string;
  range?: string;
  in?: string;
  m?: number;
  volcano?: boolean;
  alias?: string;
}

/** A museum or a university. */
export interface Institution {
  name: string;
  type: 'museum' | 'university';
  the?: boolean;
  city?: string;
  place?: string;
  year?: number;
  /** `year` is the year of opening, not of foundation. */
  opened?: boolean;
  architect?: string;
  founder?: string;
  note?: string;
}

/** A building or a bridge. */
export interface Structure {
  name: string;
  type: string;
  the?: boolean;
  city?: string;
  country?: string;
  river?: string;
  architect?: string;
  begun?: number;
  opened?: number;
  notes: string[];
}

/** A chemical element. */
export interface Element {
  name: string;
  symbol: string;
  number: number;
  year?: number;
  discoverer?: string;
  with?: string;
  /** The discoverer discovered no other element. */
  only?: boolean;
  namedAfter?: string;
}

/** A moon, a planet or a spacecraft. */
export interface SpaceObject {
  name: string;
  type: string;
  of?: string;
  discoverer?: string;
  year?: number;
  position?: string;
  largest?: string;
  god?: string;
  to?: string;
  agency?: string;
  first?: string;
  note?: string;
}

/** An invention. */
export interface Invention {
  name: string;
  the?: boolean;
  inventor: string;
  verb?: string;
  year: number;
  what: string;
  note: string;
}

/** All fact tables, one list a file of `facts/`. */
export interface Facts {
  people: Person[];
  works: Work[];
  cities: City[];
  countries: Country[];
  rivers: River[];
  mountains: Mountain[];
  institutions: Institution[];
  structures: Structure[];
  elements: Element[];
  space: SpaceObject[];
  inventions: Invention[];
}

/** One text of the corpus. */
export interface Passage {
  id: string;
  title: string;
  text: string;
}

/** What an answer is: the build keeps any one kind from taking over. */
export type AnswerKind = 'person' | 'place' | 'number' | 'other' | 'yesno';

/** The three parts of the question set. */
export type Split = 'train' | 'validation' | 'test';

/** One question with its answer and the titles of the two passages that support it. */
export interface Question {
  id: string;
  question: string;
  answer: string;
  type: 'bridge' | 'comparison';
  supporting: string[];
  split: Split;
}

/** A question before it has an id and a split, with what the build needs to choose among them. */
export interface Draft {
  question: string;
  answer: string;
  type: 'bridge' | 'comparison';
  supporting: [string, string];
  kind: AnswerKind;
  /** Relation pair of a bridge question, or name of a comparison. */
  relation: string;
}
