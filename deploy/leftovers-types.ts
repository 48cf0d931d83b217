/** A thing in the cloud, as its list tells. */
export interface Thing {
  /** Type token of the Pulumi resource that it would be. */
  readonly type: string;
  /** Id as Pulumi's state holds it. */
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** ISO time; undefined where the list does not tell. */
  readonly createdAt?: string;
  /** Whether it costs money by being there. */
  readonly billed: boolean;
  /** Bought for a term: it cannot be released before. */
  readonly paidAhead: boolean;
  /** Id of what it hangs on; "" for nothing. */
  readonly attachedTo?: string;
  /** SNAT tables of a NAT gateway. */
  readonly tables?: readonly string[];
}

/** What a program declares, by the physical name that it gives. */
export interface Declared {
  readonly urn: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** URN of the parent and of the provider. */
  readonly parent?: string;
  readonly provider?: string;
}

/** Physical name -> what declares it, one per type. */
export type DeclaredNames = ReadonlyMap<string, readonly Declared[]>;

export interface LeftoverQuery {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  /** Ids that the stack's state knows; undefined: there is no state, everything found is listed. */
  readonly known: ReadonlySet<string> | undefined;
  /** What the program declares, for the import to type. */
  readonly declared?: DeclaredNames;
  /** Names of other stacks: china-shanghai-2-... belongs to shanghai-2 and not to shanghai. */
  readonly otherStacks?: readonly string[];
}

/** What the cloud has of a stack, and its state does not know. */
export interface Leftover {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly found: "tag" | "name";
  readonly billed: boolean;
  readonly paidAhead: boolean;
  readonly createdAt?: string;
  /** Id of the one of the same name that the state has, when this is its double. */
  readonly doubleOf?: string;
  /** Logical name in the program, where it declares this. */
  readonly logicalName?: string;
  /** `pulumi import ...` for what the program declares, else `delete it: ...`. */
  readonly importCommand: string;
}
