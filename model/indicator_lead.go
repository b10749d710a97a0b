package model

var indicatorsLead []*Indicator
