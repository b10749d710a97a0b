package model

var indicatorsOrganisation []*Indicator
