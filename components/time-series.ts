import * as pulumi from "@pulumi/pulumi";
import * as alicloud from "./alicloud.ts";
import { Component, type Identity, physicalName, type Transforms, tagsOf } from "./component.ts";
import type { TimeSeries } from "./config/schema.ts";
import { months, termOf } from "./terms.ts";

export interface TimeSeriesDatabaseArgs {
  readonly identity: Identity;
  readonly settings: TimeSeries;
  readonly zone: string;
  readonly vpcId: pulumi.Input<string>;
  readonly vSwitchId: pulumi.Input<string>;
  /** Ranges that may connect. */
  readonly allowList: readonly string[];
  readonly transforms?: Transforms;
}

/** Where the database answers inside the VPC. */
export interface Connection {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Protocol: path or scheme, all on the same port. */
  readonly protocols: Readonly<Record<string, string>>;
}

/**
 * A time series database: Lindorm's time series engine, or TSDB for those who still have one.
 *
 * **Cost**: no reliable price of Lindorm is public; two stored figures for two lindorm.g.xlarge nodes and 160 GiB differ by a
 * factor of five (824 and 4,256 CNY a month, 2026-08-21). TSDB is no longer sold (from 2024-05).
 *
 * Defaults: private, an allow-list, protected against deletion.
 *
 * @example
 * new TimeSeriesDatabase("time-series", { identity, settings, zone, vpcId, vSwitchId, allowList: ["10.20.0.0/20"] }, { provider });
 */
export class TimeSeriesDatabase extends Component {
  readonly id: pulumi.Output<string>;
  readonly connection: Connection;

  constructor(name: string, args: TimeSeriesDatabaseArgs, options?: pulumi.ComponentResourceOptions) {
    super("TimeSeriesDatabase", name, args.transforms, options);
    const { lindorm, tsdb } = args.settings;
    if (lindorm !== undefined) {
      const database =
        lindorm.generation === 1 ? this.#lindormV1(name, args, lindorm) : this.#lindormV2(name, args, lindorm);
      this.id = database.id;
      this.connection = { ...database.address, protocols: lindormProtocols };
    } else if (tsdb !== undefined) {
      const database = this.#tsdb(name, args, tsdb);
      this.id = database.id;
      this.connection = tsdbConnection(database.id, tsdb.engine);
    } else {
      throw new Error("a time series database is lindorm or tsdb");
    }
    this.registerOutputs({ id: this.id, connection: this.connection });
  }

  #lindormV1(name: string, args: TimeSeriesDatabaseArgs, lindorm: NonNullable<TimeSeries["lindorm"]>) {
    const { pay } = args.settings;
    const instance = this.child(
      alicloud.LindormV1,
      `${name}-lindorm`,
      {
        instanceName: physicalName(args.identity, name),
        vpcId: args.vpcId,
        vswitchId: args.vSwitchId,
        zoneId: args.zone,
        diskCategory: { standard: "cloud_efficiency", performance: "cloud_ssd", capacity: "capacity_cloud_storage" }[
          lindorm.storage.kind
        ],
        // A text in the provider, in GiB.
        instanceStorage: String(lindorm.storage.GiB),
        timeSeriesEngineNodeCount: lindorm.nodes,
        timeSeriesEngineSpecification: lindorm.node,
        ipWhiteLists: [...args.allowList],
        // Upstream's spelling.
        deletionProection: true,
        ...(pay === "pay-as-you-go"
          ? { paymentType: "PayAsYouGo" }
          : {
              paymentType: "Subscription",
              ...cycle(pay.subscription.for),
              ...(typeof pay.subscription.renew === "string"
                ? {}
                : { autoRenew: "true", autoRenewPeriod: String(months(termOf(pay.subscription.renew.every))) }),
            }),
        tags: tagsOf(args.identity, name),
      },
      databaseOptions(args.settings),
    );
    // The provider has no address among its outputs; the name follows from the id (catalog/lindorm.ts).
    const host = pulumi.interpolate`${instance.id}-proxy-tsdb.lindorm.rds.aliyuncs.com`;
    return { id: instance.id, address: { host, port: pulumi.output(8242) } };
  }

  #lindormV2(name: string, args: TimeSeriesDatabaseArgs, lindorm: NonNullable<TimeSeries["lindorm"]>) {
    const { pay } = args.settings;
    const instance = this.child(
      alicloud.LindormV2,
      `${name}-lindorm`,
      {
        instanceAlias: physicalName(args.identity, name),
        // Single zone.
        archVersion: "1.0",
        vpcId: args.vpcId,
        vswitchId: args.vSwitchId,
        zoneId: args.zone,
        cloudStorageType: {
          standard: "StandardStorage",
          performance: "PerformanceStorage",
          capacity: "CapacityStorage",
        }[lindorm.storage.kind],
        cloudStorageSize: lindorm.storage.GiB,
        engineLists: [
          {
            engineType: "TSDB",
            nodeGroups: [{ nodeCount: lindorm.nodes, nodeSpec: lindorm.node, resourceGroupName: "default" }],
          },
        ],
        ...(args.allowList.length === 0
          ? {}
          : { whiteIpLists: [{ groupName: "china", ipList: args.allowList.join(",") }] }),
        deletionProtection: "true",
        ...(pay === "pay-as-you-go"
          ? { paymentType: "POSTPAY" }
          : {
              paymentType: "PREPAY",
              pricingCycle: cycle(pay.subscription.for).pricingCycle,
              duration: termOf(pay.subscription.for).length,
              ...(typeof pay.subscription.renew === "string"
                ? {}
                : { autoRenewal: true, autoRenewDuration: String(months(termOf(pay.subscription.renew.every))) }),
            }),
      },
      databaseOptions(args.settings),
    );
    // With the id, so that a preview, which sees the inputs as outputs, calls the address unknown and not empty.
    const address = pulumi
      .all([instance.engineLists, instance.id])
      .apply(([engines]) => engines.flatMap((e) => e.connectAddressLists ?? []).find((a) => a.type === "INTRANET"));
    return {
      id: instance.id,
      address: { host: address.apply((a) => a?.address ?? ""), port: address.apply((a) => Number(a?.port ?? 8242)) },
    };
  }

  #tsdb(name: string, args: TimeSeriesDatabaseArgs, tsdb: NonNullable<TimeSeries["tsdb"]>): alicloud.Tsdb {
    const { pay } = args.settings;
    return this.child(
      alicloud.Tsdb,
      `${name}-tsdb`,
      {
        instanceAlias: physicalName(args.identity, name),
        engineType: tsdb.engine,
        instanceClass: tsdb.class,
        instanceStorage: String(tsdb.GiB),
        ...(tsdb.disk === undefined ? {} : { diskCategory: tsdb.disk }),
        vswitchId: args.vSwitchId,
        zoneId: args.zone,
        ...(pay === "pay-as-you-go"
          ? { paymentType: "PayAsYouGo" }
          : { paymentType: "Subscription", duration: String(months(termOf(pay.subscription.for))) }),
      },
      databaseOptions(args.settings),
    );
  }
}

/** Interfaces of Lindorm's time series engine over plain HTTP inside the VPC (Alibaba's documents, 2025 and 2026-08). */
const lindormProtocols = {
  sql: "/api/v2/sql",
  influx: "/api/v2/write",
  opentsdb: "/api/put",
  jdbc: "jdbc:lindorm:tsdb:url=",
} as const;

function tsdbConnection(id: pulumi.Output<string>, engine: "tsdb_tsdb" | "tsdb_influxdb"): Connection {
  return engine === "tsdb_tsdb"
    ? {
        host: pulumi.interpolate`${id}.hitsdb.tsdb.aliyuncs.com`,
        port: pulumi.output(8242),
        protocols: { opentsdb: "/api/put" },
      }
    : {
        host: pulumi.interpolate`${id}.influxdata.rds.aliyuncs.com`,
        port: pulumi.output(3242),
        protocols: { influx: "/write" },
      };
}

/**
 * Protected, and where no zone was named it stays where it was made: a zone added before the first one must not replace
 * the database.
 */
function databaseOptions(settings: TimeSeries): pulumi.CustomResourceOptions {
  return { protect: true, ...(settings.zone === undefined ? { ignoreChanges: ["vswitchId", "zoneId"] } : {}) };
}

function cycle(text: string): { duration: string; pricingCycle: string } {
  const term = termOf(text);
  return { duration: String(term.length), pricingCycle: term.unit === "year" ? "Year" : "Month" };
}
