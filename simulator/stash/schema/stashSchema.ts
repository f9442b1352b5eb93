import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  visit,
} from 'graphql';
import { fieldResolvers } from './fieldResolvers.ts';
import { mutationResolvers } from './mutationResolvers.ts';
import { pluginFieldResolvers, pluginMutations, pluginQueries } from './pluginResolvers.ts';
import { queryResolvers } from './queryResolvers.ts';
import type { Resolvers } from './resolver.ts';
import { statusResolvers } from './statusResolvers.ts';
import { subscriptionResolvers } from './subscriptionResolvers.ts';

/** Fields that came after Stash 0.27, by type (stash reference §4). */
const SINCE_0_28: Readonly<Record<string, readonly string[]>> = {
  Tag: ['sort_name'],
  TagCreateInput: ['sort_name'],
  TagUpdateInput: ['sort_name'],
  Studio: ['urls'],
  StudioCreateInput: ['urls'],
  StudioUpdateInput: ['urls'],
};

export function readStashSdl(): string {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.graphql'));
  return files.map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')).join('\n');
}

export function makeStashSchema({ isOlder }: { readonly isOlder: boolean }): GraphQLSchema {
  const document = parse(readStashSdl());
  const schema = buildASTSchema(isOlder ? withoutLaterFields(document) : document);
  attach(schema, {
    ...fieldResolvers,
    ...statusResolvers,
    ...pluginFieldResolvers,
    ...subscriptionResolvers,
    Query: { ...queryResolvers, ...pluginQueries },
    Mutation: { ...mutationResolvers, ...pluginMutations },
  });
  return schema;
}

function withoutLaterFields(document: DocumentNode): DocumentNode {
  const prune = <
    Node extends {
      readonly name: { readonly value: string };
      readonly fields?: readonly FieldNode[] | undefined;
    },
  >(
    node: Node,
  ): Node => {
    const later = SINCE_0_28[node.name.value] ?? [];
    return { ...node, fields: node.fields?.filter((field) => !later.includes(field.name.value)) };
  };
  return visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: { enter: prune },
    [Kind.INPUT_OBJECT_TYPE_DEFINITION]: { enter: prune },
  });
}

interface FieldNode {
  readonly name: { readonly value: string };
}

/** Every field of every type must have its resolver: none is answered by chance. */
function attach(schema: GraphQLSchema, resolvers: Readonly<Record<string, Resolvers>>): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const resolver = resolvers[type.name]?.[field.name];
      if (resolver === undefined)
        throw new Error(`the simulator has no answer for ${type.name}.${field.name}`);
      // The schema has checked the arguments; the source is what the parent's resolver returned.
      field.resolve = (source, args, call) => resolver(source as never, args as never, call as never);
    }
  }
}
