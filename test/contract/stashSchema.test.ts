import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  validateSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { makeStashSchema, readStashSdl } from '../../simulator/stash/schema/stashSchema.ts';

/** As a real Stash prints it; kept outside this repository, because it is Stash's. */
const RECORDED = path.join(import.meta.dirname, '../../../shared/stash/schema.graphql');
const hasRecorded = existsSync(RECORDED);
if (!hasRecorded) console.warn(`skipped: is the simulator's schema part of Stash's? There is no ${RECORDED}`);

test.each([true, false])(
  'the simulator can answer every field of its schema (older Stash: %s)',
  (isOlder) => {
    expect(validateSchema(makeStashSchema({ isOlder }))).toEqual([]);
  },
);

test('an older Stash has nothing that the newer one lacks', () => {
  expect(differences(makeStashSchema({ isOlder: true }), makeStashSchema({ isOlder: false }))).toEqual([]);
});

test.skipIf(!hasRecorded)(
  "every type, field and argument of the simulator's schema is in Stash's, alike",
  () => {
    const simulated = buildSchema(readStashSdl());
    const recorded = buildSchema(readFileSync(RECORDED, 'utf8'));
    expect(differences(simulated, recorded)).toEqual([]);
  },
);

test('a field, an argument or a value that differs is found', () => {
  const recorded = buildSchema('type Query { a(b: Int): String! c: [Int] } enum E { X } input I { j: Int }');
  const simulated = buildSchema(
    'type Query { a(b: String, d: Int): String e: Int } enum E { X Y } input I { j: Int! } scalar S',
  );
  expect(differences(simulated, recorded)).toEqual([
    'Query.a: String, not String!',
    'Query.a(b): String, not Int',
    'Query.a(d) is not there',
    'Query.e is not there',
    'E.Y is not there',
    'I.j: Int!, not Int',
    'S is not there',
  ]);
});

/** What `part` has and `whole` has not, or not alike. */
function differences(part: GraphQLSchema, whole: GraphQLSchema): readonly string[] {
  return Object.values(part.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => typeDifferences(type, whole.getType(type.name)));
}

function typeDifferences(part: GraphQLNamedType, whole: GraphQLNamedType | undefined): readonly string[] {
  if (whole === undefined) return [`${part.name} is not there`];
  if (part.constructor !== whole.constructor) return [`${part.name} is of another kind`];
  if (isEnumType(part) && isEnumType(whole)) {
    const known = new Set(whole.getValues().map((value) => value.name));
    return part
      .getValues()
      .flatMap(({ name }) => (known.has(name) ? [] : [`${part.name}.${name} is not there`]));
  }
  if (isObjectType(part) && isObjectType(whole)) {
    return Object.values(part.getFields()).flatMap((field) =>
      fieldDifferences(`${part.name}.`, { field, whole: whole.getFields() }),
    );
  }
  if (isInputObjectType(part) && isInputObjectType(whole)) {
    return Object.values(part.getFields()).flatMap((field) =>
      fieldDifferences(`${part.name}.`, { field, whole: whole.getFields() }),
    );
  }
  return [];
}

const print = (type: GraphQLType): string => type.toString();

interface Typed {
  readonly name: string;
  readonly type: GraphQLType;
  readonly args?: readonly Typed[];
}

function fieldDifferences(
  owner: string,
  { field, whole }: { field: Typed; whole: Readonly<Record<string, Typed>> },
): readonly string[] {
  const name = `${owner}${field.name}`;
  const counterpart = whole[field.name];
  if (counterpart === undefined) return [`${name} is not there`];
  const isAlike = print(field.type) === print(counterpart.type);
  const known = new Map((counterpart.args ?? []).map((argument) => [argument.name, argument]));
  const inArguments = (field.args ?? []).flatMap((argument) => {
    const other = known.get(argument.name);
    if (other === undefined) return [`${name}(${argument.name}) is not there`];
    return print(argument.type) === print(other.type)
      ? []
      : [`${name}(${argument.name}): ${print(argument.type)}, not ${print(other.type)}`];
  });
  return [
    ...(isAlike ? [] : [`${name}: ${print(field.type)}, not ${print(counterpart.type)}`]),
    ...inArguments,
  ];
}
