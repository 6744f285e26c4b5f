/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_LOADERS_H
#define BREACHD_SERVER_LOADERS_H

/*
 * The loaders of the route table. Each fills *ret from storage; 0, -ENOMEM, STORAGE_E_* or LOAD_E_* with its outcome
 * in the struct load.
 */
#include "load.h"

int load_overview(struct load *l, struct view *ret);
int load_incidents(struct load *l, struct view *ret);
int load_incident(struct load *l, struct view *ret);
int load_incident_timeline(struct load *l, struct view *ret);
int load_organizations(struct load *l, struct view *ret);
int load_organization(struct load *l, struct view *ret);
int load_dealers(struct load *l, struct view *ret);
int load_dealer(struct load *l, struct view *ret);
int load_timeline(struct load *l, struct view *ret);
int load_actors(struct load *l, struct view *ret);
int load_actor(struct load *l, struct view *ret);
int load_data_classes(struct load *l, struct view *ret);
int load_datasets(struct load *l, struct view *ret);
int load_dataset(struct load *l, struct view *ret);
int load_statistics(struct load *l, struct view *ret);
int load_about(struct load *l, struct view *ret);

#endif
