/** How a failure of each check reads, or the worst that it can say; a test keeps the list complete. */
export const examples: Readonly<Record<string, string>> = {
  "price-account": "3 of 7 prices were not told, and are in no sum",
  "price-catalogue":
    "2 x ecs.g7.xlarge: 1.2000 CNY an hour, 14.7 % above the catalogue's 1.0465 CNY an hour of 2024-12-30; 5 % is tolerated",
  "price-review":
    "2 x ecs.g7.xlarge: 2.4000 CNY an hour, 14.7 % above the 2.0930 CNY an hour of review.json, 2026-11-20; 5 % is tolerated",
  "real-name": "the account has no real-name registration, and no host is created in the mainland without it",
};
