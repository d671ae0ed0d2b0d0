/** How a trait is told in a description, denied in one, and asked for. Data only. */
export interface Trait {
  /** Sentences of a description that say it, each true of every entity with the trait. */
  readonly says: readonly string[];
  /** Sentences that deny it and name it nevertheless. */
  readonly denies: readonly string[];
  /** Predicates of a question, to follow "Which animal …". */
  readonly asks: readonly string[];
}

const trait = (
  says: readonly string[],
  denies: readonly string[],
  asks: readonly string[],
): Trait => ({ says, denies, asks });

export const ANIMAL_TRAITS: Readonly<Record<string, Trait>> = {
  night: trait(
    [
      'It is active at night.',
      'It comes out in the night and sleeps until morning.',
      'It is nocturnal.',
    ],
    ['It is not active at night.', 'It is never out at night.'],
    ['is active at night', 'comes out at night'],
  ),
  day: trait(
    ['It is active by day.', 'It looks for food by day.', 'It is awake during the day.'],
    ['It is not active by day.', 'It hardly shows itself and never by day.'],
    ['is active by day', 'looks for food during the day'],
  ),
  hibernate: trait(
    [
      'It hibernates from autumn to spring.',
      'It spends the winter in hibernation.',
      'It passes the cold months hibernating in a shelter.',
    ],
    [
      'It does not hibernate and finds food in winter too.',
      'Hibernation is often ascribed to it, but it does not hibernate.',
    ],
    ['hibernates', 'hibernates in winter'],
  ),
  migrate: trait(
    [
      'It migrates over long distances.',
      'It migrates with the seasons.',
      'Every year it makes a long migration.',
    ],
    ['It does not migrate.', 'It stays all year and never migrates.'],
    ['migrates', 'migrates over long distances', 'makes a long migration'],
  ),
  alone: trait(
    ['It lives alone.', 'It is solitary.', 'It spends most of its life alone.'],
    ['It is rarely alone and does not live alone.', 'It is not solitary.'],
    ['lives alone', 'spends its life alone'],
  ),
  group: trait(
    ['It lives in groups.', 'It stays together in a large group.', 'Groups of it stay together.'],
    ['It does not live in groups.', 'It never forms a group.'],
    ['lives in groups', 'stays in a large group'],
  ),
  burrow: trait(
    ['It digs burrows.', 'It lives in a burrow that it digs.', 'It digs its own burrow.'],
    ['It does not dig a burrow.', 'It never digs burrows.'],
    ['digs burrows', 'digs a burrow', 'digs its own burrow'],
  ),
  venom: trait(
    ['It is venomous.', 'It has venom to defend itself or to hunt.', 'Its venom is painful.'],
    ['It has no venom.', 'It is not venomous.'],
    ['is venomous', 'has venom'],
  ),
  poison: trait(
    [
      'It is poisonous to those who bite it.',
      'Its body holds poison.',
      'It defends itself with poison.',
    ],
    ['It is not poisonous.', 'It has no poison.'],
    ['is poisonous', 'defends itself with poison'],
  ),
  stripes: trait(
    ['It is striped.', 'It has stripes on its body.', 'Dark stripes mark it.'],
    ['It has no stripes.', 'It is not striped.'],
    ['has stripes', 'is striped'],
  ),
  spots: trait(
    ['It is spotted.', 'It has spots all over.', 'Spots cover its body.'],
    ['It has no spots.', 'It is not spotted.'],
    ['has spots', 'is spotted'],
  ),
  colour: trait(
    ['It changes its colour.', 'Its colour changes with its surroundings or the season.'],
    ['It does not change its colour.', 'Its colour never changes.'],
    ['changes its colour', 'can change colour'],
  ),
  pair: trait(
    [
      'A pair stays together for life.',
      'Pairs mostly stay together for life.',
      'It forms a pair for life.',
    ],
    ['It does not stay in a pair.', 'Pairs never stay together for life.'],
    ['stays in a pair for life', 'forms pairs for life'],
  ),
  store: trait(
    ['It stores food.', 'It keeps stores of food for hard times.', 'It hides food in stores.'],
    ['It does not store food.', 'It never keeps a store of food.'],
    ['stores food', 'keeps a store of food'],
  ),
  nest: trait(
    ['It builds a nest.', 'It builds large nests.', 'Its nest is carefully built.'],
    ['It does not build a nest.', 'It never builds nests.'],
    ['builds a nest', 'builds nests'],
  ),
  shell: trait(
    ['It has a shell.', 'A hard shell protects it.', 'It can draw back into its shell.'],
    ['It has no hard shell.', 'It lives without a shell.'],
    ['has a shell', 'is protected by a shell'],
  ),
  horns: trait(
    ['It has horns or antlers.', 'It fights with its horns or antlers.'],
    ['It has no horns or antlers.', 'It never grows horns.'],
    ['has horns or antlers', 'fights with horns or antlers'],
  ),
  spines: trait(
    ['It is covered with spines.', 'Sharp spines protect it.', 'Its spines are sharp.'],
    ['It has no spines.', 'It never has spines.'],
    ['has spines', 'is covered with spines'],
  ),
  tongue: trait(
    ['It catches food with a long sticky tongue.', 'Its tongue is long and sticky.'],
    ['It has no sticky tongue.'],
    ['has a sticky tongue', 'catches food with its tongue'],
  ),
  echo: trait(
    ['It finds its way by echolocation.', 'Echolocation helps it to hunt.'],
    ['It does not use echolocation.', 'It never uses echolocation.'],
    ['uses echolocation', 'finds its way by echolocation'],
  ),
  loud: trait(
    ['It is loud.', 'Its loud call carries far.', 'It makes loud sounds.'],
    ['It is not loud.', 'It never makes loud sounds.'],
    ['is loud', 'has a loud call', 'makes loud sounds'],
  ),
  silent: trait(
    ['It flies silently.', 'It is silent in flight.'],
    ['It is not silent.'],
    ['is silent in flight', 'flies silently'],
  ),
  swim: trait(
    ['It swims well.', 'It is good at swimming.', 'It likes to swim.'],
    ['It does not swim.', 'It cannot swim well.'],
    ['swims well', 'is good at swimming'],
  ),
  dive: trait(
    ['It dives deep.', 'It is skilled at diving.', 'It catches its food by diving.'],
    ['It does not dive.', 'It never dives.'],
    ['dives', 'dives for its food', 'is good at diving'],
  ),
  climb: trait(
    ['It climbs well.', 'It is skilled at climbing.', 'It spends much time climbing.'],
    ['It does not climb.', 'It cannot climb well.'],
    ['climbs well', 'is good at climbing'],
  ),
  flightless: trait(
    ['It is flightless.', 'It is a flightless bird.'],
    ['It is not flightless.'],
    ['is flightless'],
  ),
  mimic: trait(
    ['It imitates the sounds of others.', 'It is good at imitating voices.'],
    ['It does not imitate sounds.'],
    ['imitates sounds', 'imitates other voices'],
  ),
  tail: trait(
    ['It can shed its tail and grow it again.', 'When it is caught, it drops its tail.'],
    ['It cannot shed its tail.'],
    ['can shed its tail', 'drops its tail'],
  ),
  kept: trait(
    ['It is kept by people.', 'People keep it in their homes or on their farms.'],
    ['It is not kept by people.'],
    ['is kept by people', 'people keep'],
  ),
  threatened: trait(
    ['It is threatened with extinction.', 'It has become rare and is threatened.'],
    ['It is not threatened.'],
    ['is threatened with extinction', 'is threatened'],
  ),
  fast: trait(
    ['It is very fast.', 'It moves fast.', 'It is fast enough to escape most enemies.'],
    ['It is not fast.', 'It never moves fast.'],
    ['is very fast', 'moves fast'],
  ),
  glow: trait(
    ['It glows in the dark.', 'Its body can glow.'],
    ['It does not glow.'],
    ['glows', 'glows in the dark'],
  ),
  silk: trait(
    ['It spins silk.', 'It makes silk threads.'],
    ['It does not spin silk.'],
    ['spins silk', 'makes silk'],
  ),
  pouch: trait(
    ['The young grow in a pouch.', 'A parent carries the young in a pouch.'],
    ['It has no pouch.'],
    ['has a pouch', 'carries its young in a pouch'],
  ),
  still: trait(
    ['It waits motionless for its food.', 'It stands or lies motionless for hours.'],
    ['It does not stay motionless.', 'It is never motionless for long.'],
    ['waits motionless', 'stays motionless'],
  ),
  blind: trait(
    ['It is nearly blind.', 'Its eyes are blind or weak.'],
    ['It is not blind.'],
    ['is nearly blind', 'is blind'],
  ),
  tool: trait(
    ['It uses tools.', 'It is known to use a tool.'],
    ['It does not use tools.'],
    ['uses tools', 'can use a tool'],
  ),
  dry: trait(
    ['It survives long droughts.', 'It is used to drought.'],
    ['It does not survive drought.'],
    ['survives drought', 'is used to drought'],
  ),
  smell: trait(
    ['It finds or defends itself by smell.', 'Its sense of smell, or its smell, is strong.'],
    ['It has no strong smell.'],
    ['is known for its strong smell', 'relies on smell'],
  ),
  regrow: trait(
    ['It can regrow lost parts.', 'Lost parts of its body grow again.'],
    ['It cannot regrow lost parts.'],
    ['can regrow lost parts', 'regrows parts of its body'],
  ),
  old: trait(
    ['It can grow a hundred years old.', 'It grows very old.'],
    ['It does not grow old.'],
    ['grows very old'],
  ),
};

export const PLANT_TRAITS: Readonly<Record<string, Trait>> = {
  long: trait(
    [
      'It can live for centuries.',
      'It grows older than a century.',
      'Some are many centuries old.',
    ],
    ['It does not live for centuries.', 'It never lives for a century.'],
    ['lives for centuries', 'lives for more than a century'],
  ),
  old: trait(
    ['It can live for centuries.', 'Some are many centuries old.'],
    ['It does not live for centuries.'],
    ['lives for centuries', 'lives for more than a century'],
  ),
  shed: trait(
    [
      'It sheds its leaves each year.',
      'It stands bare after it has shed its leaves.',
      'It is deciduous.',
    ],
    ['It does not shed its leaves.', 'It never sheds all its leaves.'],
    ['sheds its leaves', 'sheds all its leaves'],
  ),
  evergreen: trait(
    [
      'It is evergreen.',
      'It stays evergreen in every season.',
      'Its evergreen leaves last through winter.',
    ],
    ['It is not evergreen.', 'It never stays evergreen.'],
    ['is evergreen', 'has evergreen leaves'],
  ),
  thorns: trait(
    ['It has thorns.', 'Its thorns are sharp.', 'Thorns protect it.'],
    ['It has no thorns.', 'It never has thorns.'],
    ['has thorns', 'is protected by thorns'],
  ),
  nuts: trait(
    ['It bears nuts.', 'Its nuts ripen in autumn.'],
    ['It does not bear nuts.'],
    ['bears nuts', 'has nuts'],
  ),
  shade: trait(
    ['It grows well in shade.', 'It tolerates deep shade.', 'It likes shade.'],
    ['It does not tolerate shade.', 'It cannot grow in shade.'],
    ['tolerates shade', 'grows well in shade'],
  ),
  cones: trait(
    ['It bears cones.', 'Its seeds ripen in cones.'],
    ['It does not bear cones.'],
    ['bears cones', 'has cones'],
  ),
  frost: trait(
    ['It tolerates hard frost.', 'It is used to frost.', 'It survives frost and snow.'],
    ['It does not tolerate frost.', 'It cannot survive frost.'],
    ['tolerates frost', 'survives hard frost'],
  ),
  tall: trait(
    ['It grows very tall.', 'It is tall among its relatives.'],
    ['It does not grow tall.'],
    ['grows very tall', 'is tall'],
  ),
  fast: trait(
    ['It grows fast.', 'It spreads and grows very fast.', 'It is a fast grower.'],
    ['It does not grow fast.', 'It never grows fast.'],
    ['grows fast', 'is a fast grower'],
  ),
  scent: trait(
    ['It is scented.', 'It has a strong sweet scent.', 'Its scent fills the air.'],
    ['It has no scent.', 'It is not scented.'],
    ['has a strong scent', 'is scented'],
  ),
  smell: trait(
    ['It has a foul smell.', 'It smells of rotten meat.'],
    ['It does not smell.'],
    ['has a foul smell', 'smells foul'],
  ),
  poison: trait(
    ['It is poisonous.', 'All or some parts of it hold poison.', 'It contains a strong poison.'],
    ['It is not poisonous.', 'It holds no poison.'],
    ['is poisonous', 'holds poison'],
  ),
  dry: trait(
    ['It tolerates drought.', 'It survives long drought.', 'It is used to drought.'],
    ['It does not tolerate drought.', 'It cannot survive drought.'],
    ['tolerates drought', 'survives drought'],
  ),
  salt: trait(
    ['It tolerates salt.', 'It is used to salt in the water.'],
    ['It does not tolerate salt.'],
    ['tolerates salt', 'is used to salt'],
  ),
  store: trait(
    ['It stores water.', 'It keeps a store of water for dry times.'],
    ['It does not store water.'],
    ['stores water', 'keeps a store of water'],
  ),
  milk: trait(
    ['It has a milky sap.', 'Milky sap flows where it is cut.'],
    ['It has no milky sap.'],
    ['has a milky sap', 'gives a milky sap'],
  ),
  climb: trait(
    ['It climbs on other plants or walls.', 'It climbs high.'],
    ['It does not climb.'],
    ['climbs', 'climbs on other plants'],
  ),
  berries: trait(
    [
      'It bears berries.',
      'Its berries ripen in late summer or autumn.',
      'Its fruits are berries or look like berries.',
    ],
    ['It does not bear berries.'],
    ['bears berries', 'has berries'],
  ),
  bulb: trait(
    ['It grows from a bulb or tuber.', 'Its bulb or tuber lies under the ground.'],
    ['It has no bulb or tuber.'],
    ['grows from a bulb or tuber', 'has a bulb or tuber'],
  ),
  sting: trait(
    ['It stings when it is touched.', 'Its hairs sting.'],
    ['It does not sting.'],
    ['stings', 'has hairs that sting'],
  ),
  fly: trait(
    ['Its seeds fly in the wind.', 'Its seeds have hairs and fly far.'],
    ['Its seeds do not fly.'],
    ['has seeds that fly'],
  ),
  trap: trait(
    ['It traps insects.', 'Its leaves are traps for insects.'],
    ['It does not trap insects.'],
    ['traps insects', 'has traps for insects'],
  ),
  guest: trait(
    ['It is a parasite.', 'It takes water from other plants as a parasite.'],
    ['It is not a parasite.'],
    ['is a parasite', 'lives as a parasite'],
  ),
  spores: trait(
    ['It spreads by spores.', 'It has spores instead of flowers.'],
    ['It has no spores.'],
    ['spreads by spores', 'has spores'],
  ),
  grain: trait(
    ['It is grown for its grain.', 'Its grains are ground or cooked.'],
    ['It is not grown for its grain.'],
    ['is grown for its grain', 'has edible grains'],
  ),
  threatened: trait(
    ['It is threatened with extinction.', 'It has become rare and is threatened.'],
    ['It is not threatened.'],
    ['is threatened with extinction', 'is threatened'],
  ),
};
