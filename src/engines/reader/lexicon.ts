/**
 * Closed lists of English: function words, word families that suffix stripping does not unite, and
 * what common nouns say about the kind of thing they name. Data only; no name of any one thing.
 */

export type Kind =
  'person' | 'place' | 'year' | 'date' | 'number' | 'organisation' | 'nationality' | 'thing';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

const STOP_WORDS = set(`
a an the this that these those some any each every no such same both either neither all
i you he she it we they me him her us them my your his its our their mine yours hers theirs
himself herself itself themselves
who whom whose which what when where why how
is are was were be been being am isn't aren't wasn't weren't 's 'm 're 've 'll 'd n't
do does did doing done have has had having can could will would shall should may might must
of in on at by for with from to into onto over under about as than then so too very just also
after before during between among against through
and or but nor if because while although though not only there here more most other another
one ones out up down off again further once ever per via
`);

/** Words that open a question. */
const QUESTION_WORDS = set('who whom whose which what when where why how');

const AUXILIARIES = set(`
is are was were be been am do does did have has had can could will would shall should may might must
`);

export const isStopWord = (lower: string): boolean => STOP_WORDS.has(lower);
export const isQuestionWord = (lower: string): boolean => QUESTION_WORDS.has(lower);
export const isAuxiliary = (lower: string): boolean => AUXILIARIES.has(lower);

/** Each line is one family; its first word names it. */
const FAMILIES = `
born birth birthplace birthday native came
died die dies dying death dead until
write writes wrote written writing writer author authors authored novelist playwright penned
paint paints painted painting paintings painter painters
direct directs directed director directing
compose composes composed composer composers composition compositions
found founded founder founders founding founds establish established establishment
create creates created creator creation creators
discover discovers discovered discoverer discovery discoveries
invent invents invented inventor invention inventions
marry marries married marriage spouse wife husband wed
study studies studied university universities student students attend attended educated education graduate graduated
teach teaches taught teacher teaching pupil mentor supervised supervisor adviser
language languages speak speaks spoken
currency currencies money monetary pay pays paid
lead leads led leader leading head headed heads
win wins won winner winning winners receive received awarded
publish publishes published publication publisher appeared
release released releases
play plays played player players playing
star stars starred starring
portray portrays portrayed portrayal
sing sings sang sung singer singing vocalist
lie lies lay stand stands stood located location situated
flow flows flowed flowing runs
high height tall higher highest taller tallest elevation
long length longer longest
old age older oldest
large larger largest big bigger biggest size area
populous population inhabitants populated
design designs designed designer architect architects
build builds built building construct constructed construction erected
own owns owned owner owners
produce produces produced producer production
call called name named names known nickname nicknamed
marine sea ocean
nation nations nationality
country countries
city cities
measure measures measured
begin begins began begun beginning start started starts
end ends ended ending finished
form forms formed formation
choose chose chosen
hold holds held
fight fights fought
govern government governor governed
elect elected election
serve serves served serving
reign ruled ruler rule rules reigned
music musical musician musicians
science scientist scientific
physics physicist
chemistry chemist
philosophy philosopher philosophical
poem poems poet poetry poets
mathematics mathematician
situate setting set takes
premiere premiered first-performed performed perform performance performs
translate translated translator translation
symbol symbols
orbit orbits orbiting
empty empties mouth
rise rises source
cross crosses crossed crossing
border borders bordered bordering neighbour neighbouring
`;

/** Families whose forms in -s are verbs after a noun: "the river flows through". */
const VERB_FAMILIES = set(`
  flow lie rise cross border lead hold serve own empty begin end win play sing speak orbit stand
`);
export const isVerbFamily = (root: string): boolean => VERB_FAMILIES.has(root);

const familyByWord = new Map<string, string>();
for (const line of FAMILIES.split('\n')) {
  const words = line.trim().split(/\s+/);
  const name = words[0];
  if (name === undefined || name === '') continue;
  for (const word of words) if (!familyByWord.has(word)) familyByWord.set(word, name);
}

/** Name of the word's family, undefined for a word of no listed family. */
export const familyOf = (lower: string): string | undefined => familyByWord.get(lower);

/** Members of a family, for queries that should match other forms of a word. */
export function familyMembers(name: string): readonly string[] {
  const members: string[] = [];
  for (const [word, family] of familyByWord) if (family === name) members.push(word);
  return members;
}

const KIND_NOUNS: Readonly<Record<Exclude<Kind, 'thing'>, ReadonlySet<string>>> = {
  person: set(`
    person man woman boy girl author writer novelist poet playwright composer painter artist sculptor
    architect scientist physicist chemist biologist mathematician astronomer philosopher inventor
    engineer explorer actor actress director producer singer musician songwriter rapper guitarist
    politician president king queen emperor empress prince princess minister leader founder creator
    designer discoverer player footballer athlete coach manager teacher student pupil wife husband
    spouse son daughter brother sister father mother child character journalist screenwriter comedian
    model dancer host drummer bassist pianist winner owner general officer bishop pope saint senator
    governor mayor chancellor statesman lawyer judge physician doctor surgeon economist historian
    filmmaker cartoonist illustrator photographer naturalist inhabitant nurse pilot astronaut
    mentor laureate
  `),
  place: set(`
    place city town village country state nation province region county district capital river lake
    sea ocean mountain peak island continent birthplace location area territory municipality
    borough suburb neighborhood neighbourhood street desert valley forest park bay strait republic
    kingdom canton peninsula range volcano
  `),
  year: set('year'),
  date: set('date day birthday month century decade'),
  number: set(`
    number population height length area age distance elevation depth size weight percentage amount
    count
  `),
  nationality: set('nationality citizenship ethnicity'),
  organisation: set(`
    company organisation organization university college school team club band group party
    corporation institute institution agency museum church label network channel station airline
    magazine newspaper publisher league orchestra ensemble duo brand
  `),
};

/** The kind of thing that a common noun (lower case, singular or regular plural) names. */
export function kindOfNoun(lower: string): Kind {
  const singular = singularOf(lower);
  for (const kind of Object.keys(KIND_NOUNS) as Exclude<Kind, 'thing'>[]) {
    if (KIND_NOUNS[kind].has(lower) || KIND_NOUNS[kind].has(singular)) return kind;
  }
  return 'thing';
}

export function singularOf(lower: string): string {
  if (lower.endsWith('ies') && lower.length > 4) return `${lower.slice(0, -3)}y`;
  if (lower.endsWith('s') && !lower.endsWith('ss') && lower.length > 3) return lower.slice(0, -1);
  return lower;
}

export const MONTHS = set(`
january february march april may june july august september october november december
`);

export const PRONOUNS = set('he she it they his her its their');

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value): [string, number] => [word, value])
    .concat([
      ['fifteen', 15],
      ['twenty', 20],
      ['thirty', 30],
      ['forty', 40],
      ['fifty', 50],
    ]),
);
