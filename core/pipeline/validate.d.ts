/** An error as ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: {
    readonly additionalProperty?: string;
    readonly propertyName?: string;
    readonly missingProperty?: string;
  };
  /** Set where the fault is in a key, not in a value. */
  readonly propertyName?: string;
}

/** The schema, compiled by ajv ahead of time: doing it at every start would cost about 90 ms. */
export declare const validate: { (data: unknown): boolean; readonly errors?: readonly SchemaError[] | null };
