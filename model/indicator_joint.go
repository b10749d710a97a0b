package model

var indicatorsJoint []*Indicator
